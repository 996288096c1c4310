using System.Globalization;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>How much circuits depend on the pairs that they are found with, beside a randomly initialised model.</summary>
internal static class RobustnessSection
{
    private static readonly Column[] Columns =
    [
        "Model",
        "Pairs",
        Column.Number("Compared"),
        Column.Number("Node Jaccard"),
        Column.Number("Edge Jaccard"),
        Column.Number("least"),
        Column.Number("most"),
        Column.Number("Collapsed edges"),
    ];

    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Robustness.Length == 0)
        {
            return;
        }

        page.Section(
            "robustness",
            "How much circuits depend on their pairs",
            () =>
            {
                page.Paragraph(
                    "Circuits from disjoint sets of pairs, every two compared, and the circuit of one set against those of the same set with a share of its corrupted prompts exchanged among each other. What the randomly initialised model of the same shape gives is no result of training."
                );
                page.Table(
                    "Means over the comparisons and base models; collapsed: a head's query, key and value as one, as the paper counts.",
                    Columns,
                    results.Robustness.GroupBy(one => one.Model).SelectMany(Rows)
                );
            }
        );
    }

    private static IEnumerable<Cell[]> Rows(IGrouping<string, CircuitRobustness> model)
    {
        string pairs = string.Join(" or ", model.Select(one => one.Pairs).Distinct().Order().Select(Text));
        yield return Row(model.Key, $"other {pairs}", [.. model.SelectMany(one => one.Splits)]);
        foreach (
            IGrouping<double, PerturbedOverlap> share in model
                .SelectMany(one => one.Perturbed)
                .GroupBy(one => one.Percent)
        )
        {
            yield return Row(
                model.Key,
                $"{NumberFormat.Significant(share.Key)} % of {pairs} perturbed",
                [.. share.Select(one => one.Overlap)]
            );
        }
    }

    private static Cell[] Row(string model, string pairs, CircuitOverlap[] overlaps) =>
        [
            model,
            pairs,
            NumberFormat.Count(overlaps.Length),
            NumberFormat.Number(overlaps.Average(one => one.Nodes), 3),
            new(NumberFormat.Number(overlaps.Average(one => one.Edges), 3), "strong"),
            NumberFormat.Number(overlaps.Min(one => one.Edges), 3),
            NumberFormat.Number(overlaps.Max(one => one.Edges), 3),
            NumberFormat.Number(overlaps.Average(one => one.CollapsedEdges), 3),
        ];

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
