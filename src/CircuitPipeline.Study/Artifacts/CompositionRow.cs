using CircuitPipeline.Circuits;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>How like the two-step circuit another one is, both with the same number of edges where that can be chosen.</summary>
/// <param name="Circuit">What is compared with it.</param>
/// <param name="Note">What the row is there for.</param>
/// <param name="NodesAdded">Nodes only in the two-step circuit.</param>
/// <param name="NodesRemoved">Nodes only in the other one.</param>
/// <param name="NodesShared">Nodes in both.</param>
/// <param name="EdgesAdded">Edges only in the two-step circuit.</param>
/// <param name="EdgesRemoved">Edges only in the other one.</param>
/// <param name="EdgesShared">Edges in both.</param>
internal sealed record CompositionRow(
    string Circuit,
    string Note,
    int NodesAdded,
    int NodesRemoved,
    int NodesShared,
    int EdgesAdded,
    int EdgesRemoved,
    int EdgesShared
)
{
    /// <summary>The union, and each of its parts alone, which it must beat to mean something.</summary>
    internal static CompositionRow[] Of(Circuit addSub, Circuit mulDiv, Circuit twoStep) =>
        [
            Of(
                "union of add/sub and mul/div",
                "the composition",
                UnionCircuit.Of(addSub, mulDiv, twoStep.EdgeCount),
                twoStep
            ),
            Of("add/sub alone", "a part, to compare with", addSub, twoStep),
            Of("mul/div alone", "a part, to compare with", mulDiv, twoStep),
        ];

    private static CompositionRow Of(string name, string note, Circuit circuit, Circuit twoStep)
    {
        CircuitDiff diff = CircuitDiff.Between(circuit, twoStep);
        return new CompositionRow(
            name,
            note,
            diff.Nodes.Added.Length,
            diff.Nodes.Removed.Length,
            diff.Nodes.Shared.Length,
            diff.Edges.Added.Length,
            diff.Edges.Removed.Length,
            diff.Edges.Shared.Length
        );
    }
}
