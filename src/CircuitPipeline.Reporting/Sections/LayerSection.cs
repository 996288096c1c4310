using CircuitPipeline.Planning;
using CircuitPipeline.Reporting.Charts;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The change per layer, and how much it depends on the rule.</summary>
internal static class LayerSection
{
    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.LayerRules.Length == 0)
        {
            return;
        }

        int layers = results.LayerRules.Max(rule => rule.Layers.Length);
        page.Section(
            "layers",
            "Which layers changed, by rule",
            () =>
            {
                FirstBase.Write(page, results, "PlanRanks");
                page.Paragraph(
                    "Each rule adds up the change in another way, and rules may call other layers critical: a plan depends on its rule as much as on the circuits."
                );
                page.Chart(
                    "chart-layers",
                    "Share of the change per layer; frames mark the critical layers",
                    LayerChart.Of(results.LayerRules)
                );
                page.Table(
                    "Sums per layer; a critical layer is set in bold.",
                    [
                        "Rule",
                        "What it sums",
                        .. Enumerable.Range(0, layers).Select(layer => Column.Number($"L{layer}")),
                        "Critical",
                    ],
                    results.LayerRules.Select(rule => Row(rule, layers))
                );
            }
        );
    }

    private static Cell[] Row(LayerRuleSums rule, int layers) =>
        [
            new(rule.Rule, "strong"),
            rule.Meaning,
            .. Enumerable.Range(0, layers).Select(layer => Sum(rule, layer)),
            NumberFormat.Layers(rule.CriticalLayers),
        ];

    private static Cell Sum(LayerRuleSums rule, int layer) =>
        layer < rule.Layers.Length
            ? new(NumberFormat.Significant(rule.Layers[layer]), rule.CriticalLayers.Contains(layer) ? "critical" : "")
            : new(NumberFormat.Nothing, "quiet");
}
