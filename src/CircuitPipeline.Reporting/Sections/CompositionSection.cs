using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The union of two tasks' circuits against the circuit of the composed task.</summary>
internal static class CompositionSection
{
    private static readonly Column[] Columns =
    [
        "Circuit",
        "Against",
        Column.Number("Nodes shared"),
        Column.Number("Node Jaccard"),
        Column.Number("Edges shared"),
        Column.Number("Edge Jaccard"),
        "Note",
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Composition.Length == 0)
        {
            return;
        }

        page.Section(
            "composition",
            "Composition",
            () =>
            {
                page.Paragraph(
                    "If tasks compose, the union of their circuits should be closer to the circuit of the composed task than either alone."
                );
                FirstBase.Write(page, results, "DiffCircuits");
                page.Table("All circuits have the same number of edges.", Columns, results.Composition.Select(Row));
                OverlapTable.Write(page, results);
            }
        );
    }

    private static Cell[] Row(CompositionMeasure measure) =>
        [
            measure.Circuit,
            measure.ComparedWith,
            NumberFormat.Count(measure.Nodes.Shared),
            NumberFormat.Number(measure.Nodes.Jaccard, 3),
            NumberFormat.Count(measure.Edges.Shared),
            new(NumberFormat.Number(measure.Edges.Jaccard, 3), "strong"),
            measure.Note,
        ];
}
