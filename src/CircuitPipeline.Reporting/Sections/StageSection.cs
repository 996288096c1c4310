using CircuitPipeline.Reporting.Charts;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>How long each stage took, and what was cached.</summary>
internal static class StageSection
{
    private static readonly Column[] Columns =
    [
        "Stage",
        Column.Number("Time"),
        Column.Number("Work items"),
        Column.Number("From the store"),
        "State",
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Stages.Length == 0)
        {
            return;
        }

        page.Section(
            "stages",
            "Stages",
            () =>
            {
                page.Chart("chart-stages", "Seconds of work per stage", StageChart.Of(results.Stages));
                page.Table(
                    $"Seconds of work, side by side items added up: {NumberFormat.Seconds(results.Stages.Sum(stage => stage.Seconds))} in all. A cached stage shows what it took when it ran.",
                    Columns,
                    results.Stages.Select(Row)
                );
            }
        );
    }

    private static Cell[] Row(StageTime stage) =>
        [
            stage.Stage,
            NumberFormat.Seconds(stage.Seconds),
            NumberFormat.Count(stage.Items),
            NumberFormat.Count(stage.Cached),
            StageChart.State(stage),
        ];
}
