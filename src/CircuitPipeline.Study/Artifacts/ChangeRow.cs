using CircuitPipeline.Circuits;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>How one circuit differs from another; between equal steps it is the floor that resampling alone gives.</summary>
/// <param name="BeforeStep">Steps of fine-tuning of the first model.</param>
/// <param name="AfterStep">Steps of fine-tuning of the second.</param>
/// <param name="NodesAdded">Nodes only in the second circuit.</param>
/// <param name="NodesRemoved">Nodes only in the first.</param>
/// <param name="NodesShared">Nodes in both.</param>
/// <param name="EdgesAdded">Edges only in the second circuit.</param>
/// <param name="EdgesRemoved">Edges only in the first.</param>
/// <param name="EdgesShared">Edges in both.</param>
internal sealed record ChangeRow(
    int BeforeStep,
    int AfterStep,
    int NodesAdded,
    int NodesRemoved,
    int NodesShared,
    int EdgesAdded,
    int EdgesRemoved,
    int EdgesShared
)
{
    internal static ChangeRow Of(StudyModel before, StudyModel after, CircuitDiff diff) =>
        new(
            before.Step,
            after.Step,
            diff.Nodes.Added.Length,
            diff.Nodes.Removed.Length,
            diff.Nodes.Shared.Length,
            diff.Edges.Added.Length,
            diff.Edges.Removed.Length,
            diff.Edges.Shared.Length
        );
}
