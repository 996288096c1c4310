using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Tool.Commands;

/// <summary>How many there were before pruning and are after it.</summary>
internal sealed record EdgeCounts(int BeforePruning, int AfterPruning)
{
    internal static EdgeCounts Of(Circuit circuit) =>
        new(circuit.BeforePruning?.Edges ?? circuit.EdgeCount, circuit.EdgeCount);
}
