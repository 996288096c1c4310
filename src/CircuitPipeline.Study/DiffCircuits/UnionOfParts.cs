using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Study.DiffCircuits;

/// <summary>A composed task's circuit against the union of its parts' circuits.</summary>
internal static class UnionOfParts
{
    /// <summary>The union with as many edges as a share of the graph's, or all where they are fewer; pruned.</summary>
    /// <param name="first">A circuit.</param>
    /// <param name="second">A circuit of the same graph.</param>
    /// <param name="percent">The share, in percent.</param>
    internal static Circuit Of(Circuit first, Circuit second, double percent)
    {
        Circuit all = UnionCircuit.Of(first, second);
        int edges = TopN.EdgesOf(first.Graph, percent);
        return (all.EdgeCount <= edges ? all : UnionCircuit.Of(first, second, edges)).Prune();
    }

    /// <summary>The union, and each of its parts alone, which it must beat to mean something.</summary>
    /// <param name="parts">Two circuits of one model, with their tasks' names.</param>
    /// <param name="whole">The circuit of the task that composes them, likewise.</param>
    internal static CompositionMeasure[] Measure(
        (string Name, Circuit Circuit)[] parts,
        (string Name, Circuit Circuit) whole
    )
    {
        // Small parts may have fewer edges together than what composes them.
        Circuit all = UnionCircuit.Of(parts[0].Circuit, parts[1].Circuit);
        return
        [
            Against(
                $"union of {parts[0].Name} and {parts[1].Name}",
                "the composition",
                all.EdgeCount <= whole.Circuit.EdgeCount
                    ? all
                    : UnionCircuit.Of(parts[0].Circuit, parts[1].Circuit, whole.Circuit.EdgeCount)
            ),
            .. parts.Select(part => Against($"{part.Name} alone", "a part, to compare with", part.Circuit)),
        ];

        CompositionMeasure Against(string name, string note, Circuit circuit)
        {
            DiffSummary change = CircuitDiff.Between(circuit, whole.Circuit).Summary;
            return new CompositionMeasure(name, whole.Name, change.Nodes, change.Edges, note);
        }
    }
}
