using CircuitPipeline.Circuits;

namespace CircuitPipeline.Attribution;

/// <summary>Selects the circuits of a <see cref="FaithfulnessCurve"/>.</summary>
internal static class CurveCircuits
{
    /// <summary>The pruned circuit of the edges with the largest scores; without an edge where the share is less than one.</summary>
    internal static (int Edges, Circuit Circuit) Of(EdgeScores scores, double fraction, bool signed)
    {
        // In decimal, because 0.1 of 1,000 must be 100 and not what a rounded binary product leaves.
        int edges = (int)((decimal)fraction * scores.Graph.EdgeCount);
        Circuit circuit =
            edges > 0
                ? new TopN(edges, signed).Select(scores)
                : new Circuit(scores.Graph, [], new SelectionOrigin("top-n", 0, signed), scores);
        return (edges, circuit.Prune());
    }
}
