using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Charts;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>How circuits changed, each row beside what resampling alone changes.</summary>
internal static class ChangeSection
{
    private static readonly Column[] Columns =
    [
        "Change",
        Column.Number("Size"),
        Column.Number("Nodes + / −"),
        Column.Number("Node Jaccard"),
        Column.Number("Edges + / −"),
        Column.Number("Edge Jaccard"),
        Column.Number("Edge change rate"),
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Changes.Length == 0)
        {
            return;
        }

        page.Section(
            "changes",
            "How the circuit changed, beside its floor",
            () =>
            {
                page.Paragraph(
                    "The grey rows are the resampling floor: two circuits of the same model, found with disjoint sets of prompt pairs of the same number. A change that does not go beyond its floor is noise. Node overlap is partly forced, because most nodes are in at these sizes."
                );
                page.Chart(
                    "chart-changes",
                    "Overlap before and after, beside the floor",
                    ChangeChart.Of(results.Changes)
                );
                page.Table(
                    "Change rate: added and removed over those before.",
                    Columns,
                    results.Changes.SelectMany(Rows)
                );
                BaseTable.Write(page, results);
                if (results.MethodChanges.Length > 0)
                {
                    page.Table(
                        "The circuits that other methods end with, against the base model's and against the one above.",
                        Columns,
                        results.MethodChanges.SelectMany(Rows)
                    );
                }
            }
        );
    }

    private static IEnumerable<Cell[]> Rows(CircuitChange change) =>
        change
            .Floors.Select(floor =>
                Row(
                    $"{floor.Model} against itself, {NumberFormat.Count(floor.Pairs)} other pairs",
                    change.Percent,
                    floor.Nodes,
                    floor.Edges,
                    "quiet"
                )
            )
            .Prepend(Row($"{change.Before} → {change.After}", change.Percent, change.Nodes, change.Edges, ""));

    private static Cell[] Row(string name, double percent, ChangeCounts nodes, ChangeCounts edges, string mark) =>
        [
            .. new[]
            {
                name,
                $"{NumberFormat.Significant(percent)} %",
                AddedRemoved(nodes),
                NumberFormat.Number(nodes.Jaccard, 3),
                AddedRemoved(edges),
                NumberFormat.Number(edges.Jaccard, 3),
                NumberFormat.Percent(edges.ChangeRate),
            }.Select(text => new Cell(text, mark)),
        ];

    private static string AddedRemoved(ChangeCounts change) =>
        $"{NumberFormat.Count(change.Added)} / {NumberFormat.Count(change.Removed)}";
}
