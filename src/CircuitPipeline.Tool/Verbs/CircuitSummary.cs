using System.Globalization;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Tool;

/// <summary>A circuit's counts, as the verbs that write one tell them.</summary>
internal static class CircuitSummary
{
    internal static object Document(Circuit circuit, string output) =>
        new
        {
            Out = output,
            circuit.Selection.Selector,
            circuit.Selection.Signed,
            Edges = EdgeCounts.Of(circuit),
            Nodes = new EdgeCounts(circuit.BeforePruning?.Nodes ?? circuit.NodeCount, circuit.NodeCount),
            GraphEdges = circuit.Graph.EdgeCount,
            GraphNodes = circuit.Graph.Nodes.Length,
        };

    internal static string[] Lines(Circuit circuit, string output) =>
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{circuit.EdgeCount:N0} of {circuit.Graph.EdgeCount:N0} edges, {circuit.NodeCount:N0} of {circuit.Graph.Nodes.Length:N0} nodes"
            )
                + (
                    circuit.BeforePruning is { } before
                        ? string.Create(CultureInfo.InvariantCulture, $" ({before.Edges:N0} edges before pruning)")
                        : ""
                )
                + $": '{output}'.",
        ];
}
