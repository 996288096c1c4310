using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>Faithfulness, accuracy and completeness of the compared circuits, each beside the same from other pairs.</summary>
internal static class CompletenessTable
{
    private static readonly Column[] Columns =
    [
        "Model",
        Column.Number("Size"),
        Column.Number("Faithfulness"),
        Column.Number("other pairs"),
        Column.Number("Circuit's accuracy"),
        Column.Number("other pairs"),
        Column.Number("Complement's faithfulness"),
        Column.Number("other pairs"),
        Column.Number("Complement's accuracy"),
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        CircuitQuality[] measured = [.. results.Qualities.Where(one => one.ComplementFaithfulness is not null)];
        if (measured.Length > 0)
        {
            page.Table(
                "The complement is all edges that are not in the circuit: of a complete circuit it keeps nothing, 0. Other pairs: the same with a second circuit of the model, found and measured with the sets of pairs exchanged; what lies between the two is noise.",
                Columns,
                measured.Select(Row)
            );
        }
    }

    private static Cell[] Row(CircuitQuality quality) =>
        [
            quality.Model,
            $"{NumberFormat.Significant(quality.Percent)} %",
            new(NumberFormat.Number(quality.Faithfulness, 3), "strong"),
            new(NumberFormat.Number(quality.Floor?.Faithfulness, 3), "quiet"),
            new(NumberFormat.Percent(quality.CircuitAccuracy), "strong"),
            new(NumberFormat.Percent(quality.Floor?.CircuitAccuracy), "quiet"),
            new(NumberFormat.Number(quality.ComplementFaithfulness, 3), "strong"),
            new(NumberFormat.Number(quality.Floor?.ComplementFaithfulness, 3), "quiet"),
            NumberFormat.Percent(quality.ComplementAccuracy),
        ];
}
