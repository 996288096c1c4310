using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;

namespace CircuitPipeline.Planning;

/// <summary>How the choice of critical layers depends on the rule: what the paper does not say.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Why">What it orders by.</param>
/// <param name="Critical">The layers that a plan would raise, the most critical first.</param>
/// <param name="Order">All layers in the rule's order, with the numbers that placed them.</param>
/// <param name="SharedWithFirst">How many of the critical layers the first rule of the table has too.</param>
public sealed record RuleComparison(
    string Rule,
    string Why,
    ImmutableArray<int> Critical,
    ImmutableArray<RankedLayer> Order,
    int SharedWithFirst
)
{
    /// <summary>Makes the table.</summary>
    /// <param name="diff">What fine-tuning changed.</param>
    /// <param name="criticalLayers">How many layers a plan raises.</param>
    /// <param name="rules">The rules, the one that the others are compared with first.</param>
    /// <returns>One row per rule.</returns>
    public static ImmutableArray<RuleComparison> Of(
        CircuitDiff diff,
        int criticalLayers,
        params ImmutableArray<LayerRule> rules
    )
    {
        ImmutableArray<LayerChange> layers = diff.Layers;
        HashSet<int> first = rules[0].Order(layers).Take(criticalLayers).Select(layer => layer.Layer).ToHashSet();
        return
        [
            .. rules.Select(rule =>
            {
                ImmutableArray<RankedLayer> order = rule.Order(layers);
                ImmutableArray<int> critical = [.. order.Take(criticalLayers).Select(layer => layer.Layer)];
                return new RuleComparison(rule.Name, rule.Why, critical, order, critical.Count(first.Contains));
            }),
        ];
    }
}

/// <summary>The layers that changed far more than the others: at or above the mean plus one standard deviation.</summary>
/// <remarks>The paper's fallback for the number of critical layers (reference: <c>changecircuit_edge_keylayer.py</c>).</remarks>
public static class OutlyingLayers
{
    /// <summary>Cuts the order of a rule.</summary>
    /// <param name="order">All layers with the numbers that placed them, as <see cref="LayerRule"/> gives them.</param>
    /// <returns>The layers at or above mean + standard deviation (of all layers, not of a sample), in the same order.</returns>
    /// <exception cref="ArgumentException">The rule placed the layers without numbers.</exception>
    public static ImmutableArray<int> Of(ImmutableArray<RankedLayer> order)
    {
        double[] values =
        [
            .. order.Select(layer =>
                layer.Value
                ?? throw new ArgumentException(
                    $"Layer '{layer.Layer}' was placed without a number, but mean and standard deviation need one: take a rule that measures."
                )
            ),
        ];
        if (values.Length == 0)
        {
            return [];
        }
        double mean = values.Average();
        double least = mean + Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return [.. order.Where(layer => layer.Value >= least).Select(layer => layer.Layer)];
    }
}
