using CircuitPipeline.Reporting.Charts;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>What was measured along fine-tuning.</summary>
internal static class CheckpointSection
{
    private static readonly Column[] Columns =
    [
        "Run",
        Column.Number("Step"),
        Column.Number("Validation loss, nats"),
        Column.Number("Validation accuracy"),
        Column.Number("Faithfulness of the circuit"),
        Column.Number("Edges after pruning"),
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Checkpoints.Length == 0)
        {
            return;
        }

        page.Section(
            "checkpoints",
            "Along fine-tuning",
            () =>
            {
                FirstBase.Write(page, results, "FineTune", "EvaluateCircuits");
                page.Chart(
                    "chart-checkpoints",
                    "Checkpoints, step 0 being the base model",
                    CheckpointChart.Of(results.Checkpoints)
                );
                page.Table("A circuit was found anew at each checkpoint.", Columns, results.Checkpoints.Select(Row));
            }
        );
    }

    private static Cell[] Row(CheckpointMeasure checkpoint) =>
        [
            checkpoint.Run,
            NumberFormat.Count(checkpoint.Step),
            NumberFormat.Number(checkpoint.Loss, 3),
            NumberFormat.Percent(checkpoint.ValidationAccuracy),
            NumberFormat.Number(checkpoint.Faithfulness, 3),
            checkpoint.Edges is int edges ? NumberFormat.Count(edges) : NumberFormat.Nothing,
        ];
}
