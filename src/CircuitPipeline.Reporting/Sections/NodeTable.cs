using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

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
