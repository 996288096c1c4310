namespace CircuitPipeline.Study.Artifacts;

/// <summary>The part of the spec that merging an adapter depends on.</summary>
/// <param name="AlphaOverRank">The factor of the updates.</param>
internal sealed record AdapterFactor(double AlphaOverRank);
