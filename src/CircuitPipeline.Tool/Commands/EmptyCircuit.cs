using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Tool.Commands;

/// <summary>What to say of a circuit without an edge, which a file of scores reads as.</summary>
internal static class EmptyCircuit
{
    internal static IEnumerable<string> WarningsOf(params (string File, Circuit Circuit)[] circuits) =>
        circuits
            .Where(read => read.Circuit.EdgeCount == 0)
            .Select(read =>
                $"the circuit in '{read.File}' is empty"
                + (read.Circuit.Scores is null ? "." : "; if the file holds scores, select a circuit from it first.")
            );
}
