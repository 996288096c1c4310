using System.Globalization;
using CircuitPipeline.Planning;

namespace CircuitPipeline.Verify;

/// <summary>Describes a rank plan.</summary>
internal static class PlanText
{
    public static Snapshot Of(RankPlan plan) =>
        new(
            [
                new Header(Header.Title, "rank plan"),
                new Header(
                    "critical layers",
                    string.Join(", ", plan.CriticalLayers.Select(Text).DefaultIfEmpty("none"))
                ),
                new Header("trainable parameters", Count(plan.TrainableParameters)),
                new Header("budget", plan.BudgetParameters is long budget ? $"{Count(budget)} parameters" : "none"),
                new Header("alpha per rank", plan.AlphaOverRank.ToString("R", CultureInfo.InvariantCulture)),
                new Header("rule", plan.Rule),
                new Header("why", plan.Why),
            ],
            [
                .. plan.Pattern.Layers.Select(layer => Rank($"layer {Text(layer.Key)}", layer.Value)),
                Rank(plan.Pattern.Layers.IsEmpty ? "all layers" : "other layers", plan.Pattern.DefaultRank),
            ]
        );

    private static Entry Rank(string layers, int rank) => new(Entry.NoMark, layers, null, rank);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
