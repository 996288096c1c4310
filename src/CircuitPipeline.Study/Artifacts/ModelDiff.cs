using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>How the circuit of one model differs from another's; between equal steps it is the floor that other pairs alone give.</summary>
/// <param name="BeforeStep">Steps of fine-tuning of the first model.</param>
/// <param name="AfterStep">Steps of fine-tuning of the second.</param>
/// <param name="BeforePairs">The pairs that the first circuit was found with.</param>
/// <param name="AfterPairs">The pairs that the second was found with.</param>
/// <param name="Change">The diff.</param>
internal sealed record ModelDiff(
    int BeforeStep,
    int AfterStep,
    string BeforePairs,
    string AfterPairs,
    DiffSummary Change
)
{
    /// <summary>Whether both circuits are of one model.</summary>
    internal bool IsFloor => BeforeStep == AfterStep;
}

/// <summary>How like the two-step circuit another one is, both with the same number of edges where that can be chosen.</summary>
/// <param name="Circuit">What is compared with it.</param>
/// <param name="Note">What the row is there for.</param>
/// <param name="Nodes">Nodes, from the other circuit to the two-step one.</param>
/// <param name="Edges">Edges, from the other circuit to the two-step one.</param>
internal sealed record ComposedDiff(string Circuit, string Note, ChangeCounts Nodes, ChangeCounts Edges)
{
    /// <summary>The union, and each of its parts alone, which it must beat to mean something.</summary>
    internal static ComposedDiff[] Of(Circuit addSub, Circuit mulDiv, Circuit twoStep) =>
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

    private static ComposedDiff Of(string name, string note, Circuit circuit, Circuit twoStep)
    {
        DiffSummary change = CircuitDiff.Between(circuit, twoStep).Summary;
        return new ComposedDiff(name, note, change.Nodes, change.Edges);
    }
}
