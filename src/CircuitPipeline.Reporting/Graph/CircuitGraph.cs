using System.Text.Json.Nodes;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Reporting;

/// <summary>A circuit as Cytoscape draws it, with every place computed here.</summary>
/// <remarks>
/// A node lies at (head, layer), the MLP right of the heads, the input below and the logits above; so the same node always
/// lies in the same place, and two circuits can be compared by eye. The edges of a head's three inputs are one line.
/// </remarks>
internal static class CircuitGraph
{
    private const int ColumnWidth = 74;
    private const int RowHeight = 62;

    /// <summary>Draws one circuit; what the other one lacks is marked with a word: added or removed.</summary>
    public static JsonObject Of(CircuitView circuit, CircuitView? other, string onlyHere)
    {
        CircuitLine[] lines = CircuitLine.Of(circuit);
        HashSet<(Node, Node)> others = [.. (other is null ? lines : CircuitLine.Of(other)).Select(line => line.Ends)];
        HashSet<Node> used = [.. lines.SelectMany(line => new[] { line.Source, line.Destination })];
        HashSet<Node> usedThere = [.. others.SelectMany(ends => new[] { ends.Item1, ends.Item2 })];
        double strongest = lines.Length == 0 ? 1 : Math.Max(lines.Max(line => line.Strength), double.Epsilon);
        return new JsonObject
        {
            ["height"] = (circuit.NLayers + 2) * RowHeight,
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
