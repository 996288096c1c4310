using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Diff;

/// <summary>Compares circuits that are first cut to one number of edges, so that none agrees more by being larger.</summary>
public static class EqualSizes
{
    /// <summary>Collapses both circuits and keeps of each its strongest edges by absolute score, as many as the smaller has.</summary>
    /// <remarks>Nothing is pruned after the cut, but nodes without an edge leave, as in the paper's merge.</remarks>
    /// <param name="first">A circuit with scores.</param>
    /// <param name="second">A circuit with scores, of the same graph.</param>
    /// <param name="most">At most so many edges; null for no bound.</param>
    /// <returns>The difference from the first to the second, with as many edges in each.</returns>
    /// <exception cref="ArgumentException">The graphs differ, or scores are missing.</exception>
    public static CircuitDiff Between(Circuit first, Circuit second, int? most = null)
    {
        (Circuit one, Circuit other) = (first.Collapse(), second.Collapse());
        int edges = Math.Min(most ?? int.MaxValue, Math.Min(one.EdgeCount, other.EdgeCount));
        return CircuitDiff.Between(one.Strongest(edges), other.Strongest(edges));
    }
}
