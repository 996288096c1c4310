using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Reporting.Charts;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The circuits, drawn side by side and as tables.</summary>
internal static class CircuitSection
{
    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Circuits.Length == 0)
        {
            return;
        }

        CircuitView first = results.Circuits[0];
        CircuitView? last = results.Circuits.Length > 1 ? results.Circuits[1] : null;
        page.Section(
            "circuits",
            last is null ? "The circuit" : "The circuit before and after",
            () =>
            {
                page.Paragraph(
                    "Each node lies at its head and layer, the MLP right of the heads, so the same node always lies in the same place. Thicker lines have larger scores; a head's query, key and value inputs are one line. Point at a node to see its edges alone."
                );
                if (last is not null)
                {
                    WriteLegend(page);
                }

                page.Group("div", "graphs", () => WriteGraphs(page, results.Circuits, first, last));
                if (last is not null)
                {
                    NodeTable.Write(page, first, last);
                }

                EdgeTable.Write(page, first, last);
            }
        );
    }

    private static void WriteLegend(HtmlWriter page) =>
        page.Group(
            "p",
            "legend",
            () =>
            {
                page.Element("span", "in both", "shared");
                page.Element("span", "only before", "removed");
                page.Element("span", "only after", "added");
            }
        );

    private static void WriteGraphs(
        HtmlWriter page,
        IEnumerable<CircuitView> circuits,
        CircuitView first,
        CircuitView? last
    )
    {
        foreach ((int index, CircuitView circuit) in circuits.Index())
        {
            page.Graph(
                $"graph-{index}",
                $"{circuit.Model}: {Plural.Of(circuit.Edges.Length, "edge")}",
                index == 0 ? CircuitGraph.Of(circuit, last, "removed") : CircuitGraph.Of(circuit, first, "added")
            );
        }
    }
}

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

/// <summary>Which heads and MLPs are in which circuit: the drawing as a table.</summary>
internal static class NodeTable
{
    public static void Write(HtmlWriter page, CircuitView before, CircuitView after)
    {
        HashSet<Node> earlier = Nodes(before);
        HashSet<Node> later = Nodes(after);
        page.Table(
            $"Nodes in the circuits of {before.Model} and {after.Model}.",
            ["Layer", .. Enumerable.Range(0, before.NHeads).Select(head => new Column($"head {head}")), "MLP"],
            Enumerable
                .Range(0, before.NLayers)
                .Reverse()
                .Select(layer =>
                    (Cell[])
                        [
                            $"{layer}",
                            .. Enumerable
                                .Range(0, before.NHeads)
                                .Select(head => State(new AttentionHeadNode(layer, head), earlier, later)),
                            State(new MlpNode(layer), earlier, later),
                        ]
                ),
            isNarrow: true
        );
    }

    private static HashSet<Node> Nodes(CircuitView circuit) =>
        [.. circuit.Edges.Select(view => view.Edge).SelectMany(edge => new[] { edge.Source, edge.Destination })];

    private static Cell State(Node node, HashSet<Node> earlier, HashSet<Node> later) =>
        (earlier.Contains(node), later.Contains(node)) switch
        {
            (true, true) => new("both"),
            (true, false) => new("only before", "removed"),
            (false, true) => new("only after", "added"),
            _ => new("neither", "quiet"),
        };
}
