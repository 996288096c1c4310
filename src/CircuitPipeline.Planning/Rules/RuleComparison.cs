using System.Collections.Immutable;
using CircuitPipeline.Circuits;

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
        var first = rules[0].Order(layers).Take(criticalLayers).Select(layer => layer.Layer).ToHashSet();
        return
        [
            .. rules.Select(rule =>
            {
                var order = rule.Order(layers);
                ImmutableArray<int> critical = [.. order.Take(criticalLayers).Select(layer => layer.Layer)];
                return new RuleComparison(rule.Name, rule.Why, critical, order, critical.Count(first.Contains));
            }),
        ];
    }
}
