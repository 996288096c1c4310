using System.Globalization;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A circuit's counts, as the commands that write one tell them.</summary>
internal static class CircuitSummary
{
    internal static CommandResult Of(Circuit circuit, string output) =>
        new(Document(circuit, output), [Line(circuit, output)])
        {
            Warnings =
                circuit.EdgeCount == 0
                    ?
                    [
                        "the circuit is empty"
                            + (
                                circuit.BeforePruning is { Edges: > 0 } before
                                    ? $", because none of the {before.Edges:N0} edges chosen lies on a path from the input to the logits; choose more edges."
                                    : AdviceFor(circuit.Selection.Selector)
                            ),
                    ]
                    : [],
        };

    private static string AdviceFor(string selector) =>
        selector == "union" ? ", as both circuits are." : "; choose more edges or a lower threshold.";

    private static object Document(Circuit circuit, string output) =>
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

    private static string Line(Circuit circuit, string output) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{circuit.EdgeCount:N0} of {circuit.Graph.EdgeCount:N0} edges, {circuit.NodeCount:N0} of {circuit.Graph.Nodes.Length:N0} nodes"
        )
        + (
            circuit.BeforePruning is { } before
                ? string.Create(CultureInfo.InvariantCulture, $" ({Plural.Of(before.Edges, "edge")} before pruning)")
                : ""
        )
        + $": '{output}'.";
}
