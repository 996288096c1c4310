using CircuitPipeline.Reporting.Charts;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>Differences between methods on the same items, and what they support.</summary>
internal static class DifferenceSection
{
    private static readonly Column[] Columns =
    [
        "Method",
        "Against",
        Column.Number("Points"),
        Column.Number("95 % interval"),
        Column.Number("Bases"),
        Column.Number("Pairs of runs"),
        Column.Number("Items"),
        "What it supports",
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Differences.Length == 0)
        {
            return;
        }

        page.Section(
            "differences",
            "Differences between methods",
            () =>
            {
                page.Chart(
                    "chart-differences",
                    "Paired differences, points of accuracy",
                    DifferenceChart.Of(results.Differences)
                );
                page.Table(
                    "Paired by base, seed and item; intervals by bootstrap over bases, seeds and items.",
                    Columns,
                    results.Differences.Select(Row)
                );
            }
        );
    }

    private static Cell[] Row(PairedDifference difference) =>
        [
            difference.Method,
            difference.Reference,
            new(NumberFormat.Points(difference.Difference), "strong"),
            NumberFormat.PointInterval(difference.Interval),
            NumberFormat.Count(difference.Bases),
            NumberFormat.Count(difference.Pairs),
            NumberFormat.Count(difference.Items),
            Verdict.Of(difference),
        ];
}
