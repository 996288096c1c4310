using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;

namespace CircuitPipeline.Planning;

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
)
{
    /// <summary>What a rule says of a diff.</summary>
    /// <param name="rule">A rule that measures.</param>
    /// <param name="diff">The diff.</param>
    /// <param name="criticalLayers">How many layers are critical.</param>
    /// <returns>The sums in the order of the layers; 0 where the rule has no number.</returns>
    public static LayerRuleSums Of(LayerRule rule, CircuitDiff diff, int criticalLayers) =>
        Of(rule, diff.Layers, criticalLayers);

    /// <summary>What a rule says of changes.</summary>
    /// <param name="rule">A rule that measures.</param>
    /// <param name="changes">The changes of all layers.</param>
    /// <param name="criticalLayers">How many layers are critical.</param>
    /// <returns>The sums in the order of the layers; 0 where the rule has no number.</returns>
    public static LayerRuleSums Of(LayerRule rule, ImmutableArray<LayerChange> changes, int criticalLayers)
    {
        ImmutableArray<RankedLayer> order = rule.Order(changes);
        return new(
            rule.Name,
            rule.Why,
            [.. order.OrderBy(layer => layer.Layer).Select(layer => layer.Value ?? 0)],
            [.. order.Take(criticalLayers).Select(layer => layer.Layer)]
        );
    }
}
