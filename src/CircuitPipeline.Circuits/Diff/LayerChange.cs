namespace CircuitPipeline.Circuits.Diff;

/// <summary>How one layer's nodes, and the edges that start in it, changed.</summary>
/// <param name="Layer">The block, from 0; the input counts for the first and the logits for the last.</param>
/// <param name="NodesAdded">Nodes only after.</param>
/// <param name="NodesRemoved">Nodes only before.</param>
/// <param name="NodesShared">Nodes before and after.</param>
/// <param name="EdgesAdded">Edges from this layer only after.</param>
/// <param name="EdgesRemoved">Edges from this layer only before.</param>
/// <param name="EdgesShared">Edges from this layer before and after.</param>
/// <param name="Scores">Sums of score changes; null when a circuit has no scores.</param>
public sealed record LayerChange(
    int Layer,
    int NodesAdded,
    int NodesRemoved,
    int NodesShared,
    int EdgesAdded,
    int EdgesRemoved,
    int EdgesShared,
    LayerScoreChange? Scores
)
{
    /// <summary>Edges from this layer that were added or removed.</summary>
    public int Flips => EdgesAdded + EdgesRemoved;
}

/// <summary>Sums over one layer's edges of |score after - score before|, an edge that is missing on one side counting |score|.</summary>
/// <param name="BySource">The paper's rule: by the layer of the edge's source, the input counting for layer 0.</param>
/// <param name="BySourceWithoutInput">The same without the edges from the input, which alone make up half of layer 0's sum.</param>
/// <param name="ByDestination">By the layer of the edge's destination, the logits counting for the last layer.</param>
/// <param name="NormalisedBySource">By source, each side's scores first divided by the sum of their absolute values.</param>
public sealed record LayerScoreChange(
    double BySource,
    double BySourceWithoutInput,
    double ByDestination,
    double NormalisedBySource
);
