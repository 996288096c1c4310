using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Reporting.Charts;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>Faithfulness beside accuracy, for circuits of several sizes.</summary>
internal static class QualitySection
{
    private static readonly Column[] Columns =
    [
        "Model",
        Column.Number("Size"),
        Column.Number("Edges"),
        Column.Number("After pruning"),
        Column.Number("Faithfulness"),
        Column.Number("Paper's form"),
        Column.Number("Circuit's accuracy"),
        Column.Number("Model's accuracy"),
        Column.Number("Prompts"),
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Qualities.Length == 0)
        {
            return;
        }

        page.Section(
            "faithfulness",
            "Faithfulness beside accuracy",
            () =>
            {
                FirstBase.Write(page, results, "EvaluateCircuits");
                page.Paragraph(
                    "Faithfulness is (m(circuit) − m(corrupted)) / (m(clean) − m(corrupted)) for the metric m of the study: 1 is the whole model, 0 the corrupted prompt. The accuracy says whether the circuit still gives the right answer; the two can lie far apart."
                );
                page.Chart("chart-faithfulness", "By the share of edges kept", QualityChart.Of(results.Qualities));
                page.Table(
                    "Paper's form: (1 − |m(clean) − m(circuit)| / m(clean)) · 100.",
                    Columns,
                    results.Qualities.Select(Row)
                );
                CompletenessTable.Write(page, results);
            }
        );
    }

    private static Cell[] Row(CircuitQuality quality) =>
        [
            quality.Model,
            $"{NumberFormat.Significant(quality.Percent)} %",
            NumberFormat.Count(quality.Edges),
            NumberFormat.Count(quality.EdgesAfterPruning),
            new(NumberFormat.Number(quality.Faithfulness, 3), "strong"),
            NumberFormat.Number(quality.PaperFaithfulness, 1),
            new(NumberFormat.Percent(quality.CircuitAccuracy), "strong"),
            NumberFormat.Percent(quality.ModelAccuracy),
            NumberFormat.Count(quality.Examples),
        ];
}
