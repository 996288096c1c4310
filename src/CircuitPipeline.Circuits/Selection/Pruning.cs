namespace CircuitPipeline.Circuits;

/// <summary>Keeps the edges that lie on a way from the input to the logits.</summary>
/// <remarks>
/// The rule (EAP-IG 2.0, <c>Graph.prune</c>): drop nodes without an outgoing edge (but the logits) or without any incoming
/// edge (but the input; one of q, k, v is enough), then their edges, until nothing changes.
/// A computation graph has no cycles, so what that leaves is: every edge whose source is reached from the input and whose
/// destination reaches the logits. Edges are ordered by source, and a source comes after all that it reads from:
/// <list type="number">
/// <item>one pass forward marks the nodes that are reached from the input;</item>
/// <item>one pass backward marks the nodes that reach the logits;</item>
/// <item>an edge stays if both of its ends are marked on its side.</item>
/// </list>
/// </remarks>
internal static class Pruning
{
    public static bool[] Of(ComputationGraph graph, bool[] mask)
    {
        var ends = EdgeEnds.Of(graph);
        var reached = new bool[graph.Nodes.Length];
        reached[0] = true;
        for (var edge = 0; edge < ends.Length; edge++)
        {
            reached[ends[edge].Destination] |= mask[edge] && reached[ends[edge].Source];
        }
        var reaches = new bool[graph.Nodes.Length];
        reaches[^1] = true;
        for (var edge = ends.Length - 1; edge >= 0; edge--)
        {
            reaches[ends[edge].Source] |= mask[edge] && reaches[ends[edge].Destination];
        }
        return
        [
            .. mask.Select((chosen, edge) => chosen && reached[ends[edge].Source] && reaches[ends[edge].Destination]),
        ];
    }
}
