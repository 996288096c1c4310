using CircuitPipeline.Reporting.Answers;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>How the circuit of each base model changed from before to after, beside its floor; only where there are several.</summary>
internal static class BaseTable
{
    private static readonly Column[] Columns =
    [
        "Base model",
        Column.Number("Edge Jaccard"),
        Column.Number("Its floor"),
        Column.Number("Beyond it"),
        Column.Number("Node Jaccard"),
        Column.Number("Its floor"),
        Column.Number("Beyond it"),
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        (string Base, CircuitChange Change)[] changes =
        [
            .. from one in results.Bases where one.Change is { Floors.Length: > 0 } select (one.Base, one.Change),
        ];
        if (changes.Length > 1)
        {
            page.Table(
                $"Every base model, from {changes[0].Change.Before} to {changes[0].Change.After}. The rows above are of the first.",
                Columns,
                changes.Select(one => Row(one.Base, one.Change))
            );
        }
    }

    private static Cell[] Row(string name, CircuitChange change) =>
        [
            new(name, "strong"),
            .. Cells(EdgeAnswer.Index(change.Edges), EdgeAnswer.EdgeFloor(change)),
            .. Cells(EdgeAnswer.Index(change.Nodes), EdgeAnswer.NodeFloor(change)),
        ];

    private static Cell[] Cells(double jaccard, double floor) =>
        [
            NumberFormat.Number(jaccard, 3),
            new(NumberFormat.Number(floor, 3), "quiet"),
            new(NumberFormat.Number(floor - jaccard, 3), floor > jaccard ? "strong" : "quiet"),
        ];
}
