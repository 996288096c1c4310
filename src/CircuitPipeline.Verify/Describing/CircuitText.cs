using CircuitPipeline.Circuits;

namespace CircuitPipeline.Verify;

/// <summary>Describes a circuit.</summary>
internal static class CircuitText
{
    public static Snapshot Of(Circuit circuit, SnapshotTolerance? tolerance) =>
        new(
            [
                new Header(Header.Title, $"circuit of {circuit.Graph}"),
                new Header("edges", $"{circuit.EdgeCount} of {circuit.Graph.EdgeCount}", IsCount: true),
                new Header("nodes", $"{circuit.NodeCount} of {circuit.Graph.Nodes.Length}", IsCount: true),
                new Header("before pruning", BeforePruning(circuit), IsCount: true),
                .. Origins.Of(circuit.Scores?.Origin),
                new Header("selection", Origins.Selection(circuit)),
                .. Origins.Rules(circuit.Scores is not null, tolerance),
            ],
            [.. circuit.EdgeIndices.Select(edge => EntryOf(circuit, edge))]
        );

    private static Entry EntryOf(Circuit circuit, int edge) =>
        new(Entry.NoMark, circuit.Graph.EdgeAt(edge).Name, null, circuit.Scores?.Values[edge]);

    private static string BeforePruning(Circuit circuit) =>
        circuit.BeforePruning is { } size ? $"{size.Edges} edges, {size.Nodes} nodes" : "not pruned";
}
