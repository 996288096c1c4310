namespace CircuitPipeline.Attribution;

/// <summary>A batch of an attribution.</summary>
/// <param name="Sums">Where its scores go.</param>
/// <param name="Replacement">What replaces the sources' outputs.</param>
/// <param name="Pairs">The prompts.</param>
/// <param name="Place">For messages.</param>
internal readonly record struct ScoreBatch(EdgeSums Sums, Replacement Replacement, PairBatch Pairs, BatchPlace Place);
