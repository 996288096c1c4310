using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The strongest edges of the circuits; all of them are in the tables beside the page.</summary>
internal static class EdgeTable
{
    private const int Rows = 16;

    public static void Write(HtmlWriter page, CircuitView before, CircuitView? after)
    {
        Dictionary<string, double> earlier = before.Edges.ToDictionary(edge => edge.Name, edge => edge.Score);
        Dictionary<string, double> later = (after?.Edges ?? []).ToDictionary(edge => edge.Name, edge => edge.Score);
        string[] strongest =
        [
            .. earlier
                .Keys.Union(later.Keys)
                .OrderByDescending(name => Math.Max(Strength(earlier, name), Strength(later, name)))
                .ThenBy(name => name, StringComparer.Ordinal)
                .Take(Rows),
        ];
        page.Table(
            $"The {strongest.Length} strongest edges, scores in units of the metric; positive helps.",
            after is null
                ? ["Edge", Column.Number(before.Model)]
                : ["Edge", Column.Number(before.Model), Column.Number(after.Model)],
            strongest.Select(name => (Cell[])[new(name, "code"), Score(earlier, name), Score(later, name)]),
            isNarrow: true
        );
    }

    private static double Strength(Dictionary<string, double> scores, string name) =>
        Math.Abs(scores.GetValueOrDefault(name));

    private static Cell Score(Dictionary<string, double> scores, string name) =>
        scores.TryGetValue(name, out double score) ? NumberFormat.Number(score, 4) : new Cell("not in", "quiet");
}
