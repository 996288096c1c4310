namespace CircuitPipeline.Attribution;

/// <summary>A batch of an attribution.</summary>
/// <param name="Sums">Where its scores go.</param>
/// <param name="Ablation">What replaces the sources' outputs.</param>
/// <param name="Pairs">The prompts.</param>
/// <param name="Location">For messages.</param>
internal readonly record struct ScoreBatch(
    EdgeSums Sums,
    AblationActivations Ablation,
    PairBatch Pairs,
    BatchLocation Location
);
