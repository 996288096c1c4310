using CircuitPipeline.Planning;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>What one layer rule says.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Why">What it orders layers by.</param>
/// <param name="CriticalLayers">The layers that it calls critical, the first one first; none for a floor.</param>
/// <param name="Layers">Its number for each layer.</param>
internal sealed record RuleRow(string Rule, string Why, int[] CriticalLayers, double[] Layers)
{
    /// <summary>A rule's row, and under it the same sums between two circuits of the base model: what other pairs alone change.</summary>
    internal static RuleRow[] Of(RuleComparison change, RuleComparison floor) =>
        [
            new(change.Rule, change.Why, [.. change.Critical], Sums(change)),
            new(
                $"{floor.Rule}, floor",
                "the same between two circuits of the base model, from other pairs",
                [],
                Sums(floor)
            ),
        ];

    private static double[] Sums(RuleComparison comparison) =>
        [.. comparison.Order.OrderBy(layer => layer.Layer).Select(layer => layer.Value ?? 0)];
}
