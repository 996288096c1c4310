using System.Collections.Immutable;

namespace CircuitPipeline.Reporting;

/// <summary>How much each layer changed, by one rule.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Meaning">What it sums, in a sentence.</param>
/// <param name="Layers">One number per layer.</param>
/// <param name="CriticalLayers">The layers that the rule calls critical, the most changed first.</param>
public sealed record LayerRuleSums(
    string Rule,
    string Meaning,
    ImmutableArray<double> Layers,
    ImmutableArray<int> CriticalLayers
);
