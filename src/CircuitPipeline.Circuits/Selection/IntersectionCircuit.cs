using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Selection;

/// <summary>What two circuits have in common; the counterpart of <see cref="UnionCircuit"/>.</summary>
public static class IntersectionCircuit
{
    /// <summary>Intersects two circuits of one graph.</summary>
    /// <param name="first">A circuit with scores.</param>
    /// <param name="second">A circuit with scores, of the same graph.</param>
    /// <returns>The edges of both with the mean of their scores, and zero for all others; it may be empty.</returns>
    /// <exception cref="ArgumentException">The graphs differ, or scores are missing.</exception>
    public static Circuit Of(Circuit first, Circuit second)
    {
        EdgeScores merged = UnionCircuit.Of(first, second).Scores!;
        int[] both = [.. first.EdgeIndices.Where(second.Contains)];
        bool[] isIn = new bool[first.Graph.EdgeCount];
        foreach (int edge in both)
        {
            isIn[edge] = true;
        }

        return new Circuit(
            first.Graph,
            both,
            new SelectionOrigin("intersection", both.Length, Signed: false),
            new EdgeScores(
                first.Graph,
                [.. merged.Values.Select((score, edge) => isIn[edge] ? score : 0)],
                merged.Origin
            )
        );
    }
}
