using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>Rank plans with their exact numbers of parameters.</summary>
internal static class PlanSection
{
    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Plans.Length == 0)
        {
            return;
        }

        int layers = results.Plans.Max(plan => plan.Ranks.Length);
        page.Section(
            "plans",
            "Rank plans",
            () =>
            {
                FirstBase.Write(page, results, "PlanRanks");
                page.Table(
                    "The rank of each layer's adapters; critical layers are set in bold. The budget is that of the uniform plan.",
                    [
                        "Plan",
                        "Rule",
                        "Why",
                        .. Enumerable.Range(0, layers).Select(layer => Column.Number($"L{layer}")),
                        Column.Number("alpha / rank"),
                        Column.Number("Parameters"),
                        Column.Number("Against the budget"),
                    ],
                    results.Plans.Select(plan => Row(plan, layers))
                );
            }
        );
    }

    private static Cell[] Row(PlanSummary plan, int layers) =>
        [
            new(plan.Name, "strong"),
            plan.Rule,
            plan.Why,
            .. Enumerable.Range(0, layers).Select(layer => Rank(plan, layer)),
            NumberFormat.Significant(plan.AlphaOverRank),
            NumberFormat.Count(plan.TrainableParameters),
            Against(plan.TrainableParameters - plan.BudgetParameters),
        ];

    private static Cell Rank(PlanSummary plan, int layer) =>
        layer < plan.Ranks.Length
            ? new(NumberFormat.Count(plan.Ranks[layer]), plan.CriticalLayers.Contains(layer) ? "critical" : "")
            : new(NumberFormat.Nothing, "quiet");

    private static string Against(long? difference) =>
        difference switch
        {
            null => NumberFormat.Nothing,
            0 => "equal",
            > 0 => "+" + NumberFormat.Count(difference.Value),
            _ => NumberFormat.Count(difference.Value),
        };
}
