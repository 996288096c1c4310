namespace CircuitPipeline.Circuits;

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
