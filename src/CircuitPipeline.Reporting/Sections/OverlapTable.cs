using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>What unions, parts and intersections share with the composed task's circuit at several sizes, beside chance.</summary>
internal static class OverlapTable
{
    private static readonly Column[] Columns =
    [
        "Models",
        Column.Number("Size"),
        "Circuit",
        Column.Number("Edges"),
        Column.Number("Edges shared"),
        Column.Number("by chance"),
        Column.Number("Edge Jaccard"),
        Column.Number("by chance"),
        Column.Number("Node Jaccard"),
    ];

    private static readonly Column[] OfUnion =
    [
        "Union",
        Column.Number("Node Jaccard"),
        Column.Number("its floor"),
        Column.Number("Edge Jaccard"),
        Column.Number("its floor"),
        Column.Number("Edge change rate"),
        Column.Number("its floor"),
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Overlaps.Length > 0)
        {
            page.Table(
                "Query, key and value collapsed, both circuits cut to one number of edges; means over base models. By chance: as many edges drawn from all, ± their standard deviation.",
                Columns,
                results.Overlaps.GroupBy(one => (one.Model, one.Percent, one.Circuit)).Select(Row)
            );
        }

        if (results.UnionChanges.Length > 0)
        {
            page.Table(
                "The union of the parts' circuits, before and after each part was fine-tuned on; the method circuit-lora-union is planned from it.",
                OfUnion,
                results.UnionChanges.Select(Row)
            );
        }
    }

    private static Cell[] Row(IGrouping<(string Model, double Percent, string Circuit), CompositionOverlap> rows) =>
        [
            rows.Key.Model,
            $"{NumberFormat.Significant(rows.Key.Percent)} %",
            rows.Key.Circuit,
            Mean(rows.Average(one => (double)one.Edges.Added + one.Edges.Shared)),
            new(Mean(rows.Average(one => (double)one.Edges.Shared)), "strong"),
            new(
                $"{Mean(rows.Average(one => one.Chance.Shared))} ± {NumberFormat.Number(rows.Average(one => one.Chance.Deviation), 1)}",
                "quiet"
            ),
            new(NumberFormat.Number(rows.Average(one => one.Edges.Jaccard), 3), "strong"),
            new(NumberFormat.Number(rows.Average(one => one.Chance.Jaccard), 3), "quiet"),
            NumberFormat.Number(rows.Average(one => one.Nodes.Jaccard), 3),
        ];

    private static Cell[] Row(CircuitChange change) =>
        [
            $"{change.Before} → {change.After}",
            NumberFormat.Number(change.Nodes.Jaccard, 3),
            new(NumberFormat.Number(change.Floors.Min(floor => floor.Nodes.Jaccard), 3), "quiet"),
            new(NumberFormat.Number(change.Edges.Jaccard, 3), "strong"),
            new(NumberFormat.Number(change.Floors.Min(floor => floor.Edges.Jaccard), 3), "quiet"),
            NumberFormat.Percent(change.Edges.ChangeRate),
            new(NumberFormat.Percent(change.Floors.Max(floor => floor.Edges.ChangeRate)), "quiet"),
        ];

    private static string Mean(double number) =>
        number == Math.Floor(number) ? NumberFormat.Count((long)number) : NumberFormat.Number(number, 1);
}
