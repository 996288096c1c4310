using System.Text.Json.Nodes;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Charts;

/// <summary>A circuit as Cytoscape draws it, with every place computed here.</summary>
/// <remarks>
/// A node lies at (head, layer), the MLP right of the heads, the input below and the logits above; so the same node always
/// lies in the same place, and two circuits can be compared by eye. The edges of a head's three inputs are one line.
/// </remarks>
internal static class CircuitGraph
{
    private const int ColumnWidth = 74;
    private const int RowHeight = 62;

    /// <summary>Draws one circuit; what the other one lacks is marked with a word: added or removed; a height in pixels shrinks it.</summary>
    public static JsonObject Of(CircuitView circuit, CircuitView? other, string onlyHere, int? height = null)
    {
        CircuitLine[] lines = CircuitLine.Of(circuit);
        HashSet<(Node, Node)> others = [.. (other is null ? lines : CircuitLine.Of(other)).Select(line => line.Ends)];
        HashSet<Node> used = [.. lines.SelectMany(line => new[] { line.Source, line.Destination })];
        HashSet<Node> usedThere = [.. others.SelectMany(ends => new[] { ends.Item1, ends.Item2 })];
        double strongest = lines.Length == 0 ? 1 : Math.Max(lines.Max(line => line.Strength), double.Epsilon);
        return new JsonObject
        {
            ["height"] = height ?? (circuit.NLayers + 2) * RowHeight,
            ["nodes"] = new JsonArray([
                .. CircuitNodes
                    .Of(circuit)
                    .Select(node =>
                        NodeOf(circuit, node, Kind(used.Contains(node), usedThere.Contains(node), onlyHere))
                    ),
            ]),
            ["edges"] = new JsonArray([
                .. lines.Select(line => EdgeOf(line, strongest, others.Contains(line.Ends) ? "shared" : onlyHere)),
            ]),
        };
    }

    private static string Kind(bool isHere, bool isThere, string onlyHere) =>
        !isHere ? "absent"
        : isThere ? "shared"
        : onlyHere;

    private static JsonObject NodeOf(CircuitView circuit, Node node, string kind)
    {
        (double column, int row) = CircuitNodes.Place(circuit, node);
        return new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["id"] = node.Name,
                ["label"] = CircuitNodes.Label(node),
                ["kind"] = kind,
            },
            ["position"] = new JsonObject { ["x"] = column * ColumnWidth, ["y"] = -row * RowHeight },
        };
    }

    private static JsonObject EdgeOf(CircuitLine line, double strongest, string kind) =>
        new()
        {
            ["data"] = new JsonObject
            {
                ["id"] = $"{line.Source.Name}->{line.Destination.Name}",
                ["source"] = line.Source.Name,
                ["target"] = line.Destination.Name,
                ["inputs"] = line.Inputs,
                ["score"] = line.Score,
                ["width"] = Math.Round(0.8 + 3.2 * Math.Sqrt(line.Strength / strongest), 2),
                ["bend"] = CircuitNodes.Bend(line.Source, line.Destination),
                ["kind"] = kind,
            },
        };
}

/// <summary>One drawn line: all edges of a circuit from one node to another, whichever of a head's inputs they end in.</summary>
internal sealed record CircuitLine(Node Source, Node Destination, string Inputs, double Score, double Strength)
{
    public (Node Source, Node Destination) Ends => (Source, Destination);

    public static CircuitLine[] Of(CircuitView circuit) =>
        [
            .. circuit
                .Edges.Select(view => (view.Edge, view.Score))
                .GroupBy(one => (one.Edge.Source, one.Edge.Destination))
                .Select(group => new CircuitLine(
                    group.Key.Source,
                    group.Key.Destination,
                    string.Join(' ', group.Select(one => one.Edge.Input).OfType<QkvInput>().Order().Select(Letter)),
                    group.Sum(one => one.Score),
                    group.Sum(one => Math.Abs(one.Score))
                )),
        ];

    private static string Letter(QkvInput input) =>
        input switch
        {
            QkvInput.Query => "q",
            QkvInput.Key => "k",
            _ => "v",
        };
}

/// <summary>Where the nodes of a model lie in a drawing, counted in columns and rows; row 0 is the input.</summary>
internal static class CircuitNodes
{
    public static IEnumerable<Node> Of(CircuitView circuit)
    {
        yield return new InputNode();
        for (int layer = 0; layer < circuit.NLayers; layer++)
        {
            for (int head = 0; head < circuit.NHeads; head++)
            {
                yield return new AttentionHeadNode(layer, head);
            }

            yield return new MlpNode(layer);
        }
        yield return new LogitsNode();
    }

    public static (double Column, int Row) Place(CircuitView circuit, Node node) =>
        node switch
        {
            AttentionHeadNode head => (head.Head, head.Layer + 1),
            MlpNode mlp => (circuit.NHeads, mlp.Layer + 1),
            LogitsNode => (circuit.NHeads / 2.0, circuit.NLayers + 1),
            _ => (circuit.NHeads / 2.0, 0),
        };

    /// <summary>The name without the layer, which the row says.</summary>
    public static string Label(Node node) =>
        node switch
        {
            AttentionHeadNode head => $"{head.Layer}.{head.Head}",
            MlpNode mlp => $"m{mlp.Layer}",
            _ => node.Name,
        };

    /// <summary>How far a line bends aside: along a column it must pass the nodes between, elsewhere it hardly bends.</summary>
    public static int Bend(Node source, Node destination) =>
        (source, destination) switch
        {
            (AttentionHeadNode a, AttentionHeadNode b) when a.Head == b.Head => 10 + 7 * (b.Layer - a.Layer),
            (MlpNode a, MlpNode b) => -(10 + 7 * (b.Layer - a.Layer)),
            _ => 0,
        };
}
