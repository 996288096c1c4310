using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>Which prompt pairs were used, and what was left out, with why.</summary>
internal static class SampleSection
{
    private const int LinesShown = 5;

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Sets.Length == 0)
        {
            return;
        }

        page.Section(
            "samples",
            "Prompt pairs, and what was left out",
            () =>
            {
                page.Paragraph(Summary([.. results.Sets]));
                page.Table(
                    "Each set of prompt pairs.",
                    ["Set", Column.Number("Used"), Column.Number("Of"), "From", "Note"],
                    results.Sets.Select(Row)
                );
                if (results.Sets.Any(set => set.LeftOut.Length > 0))
                {
                    page.Table(
                        "What was left out; the reason is that of the first such row.",
                        ["Set", Column.Number("Rows"), "Why", "Lines"],
                        results.Sets.SelectMany(set => set.LeftOut.Select(rows => Row(set, rows)))
                    );
                }
            }
        );
    }

    private static string Summary(SampleSet[] sets)
    {
        long used = sets.Sum(set => (long)set.Used);
        long rows = sets.Sum(set => (long)(set.Rows ?? set.Used));
        return rows == used
            ? $"All {NumberFormat.Count(used)} rows are used; none was left out."
            : $"{NumberFormat.Count(used)} of {NumberFormat.Count(rows)} rows are used, so that {Plural.Of(rows - used, "row")} {(rows - used == 1 ? "was" : "were")} left out.";
    }

    private static Cell[] Row(SampleSet set) =>
        [
            new(set.Name, "strong"),
            NumberFormat.Count(set.Used),
            set.Rows is { } rows ? NumberFormat.Count(rows) : NumberFormat.Nothing,
            set.Source,
            set.Note,
        ];

    private static Cell[] Row(SampleSet set, LeftOutRows rows) =>
        [
            set.Name,
            NumberFormat.Count(rows.Count),
            rows.Reason,
            string.Join(", ", rows.Lines.Take(LinesShown)) + (rows.Lines.Length > LinesShown ? " …" : ""),
        ];
}
