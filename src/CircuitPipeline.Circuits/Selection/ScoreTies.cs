using System.Collections.Immutable;
using CircuitPipeline.Circuits.Graph;

namespace CircuitPipeline.Circuits.Selection;

/// <summary>Equal scores on both sides of a choice of the largest, among which the index of edge or node chose.</summary>
/// <param name="Chosen">How many of them were chosen.</param>
/// <param name="Of">How many were chosen in all, before pruning.</param>
/// <param name="Tied">How many could have been chosen as well, with those that were.</param>
/// <param name="Score">The score; its absolute value where signs do not count.</param>
public readonly record struct ScoreTies(int Chosen, int Of, int Tied, double Score)
{
    /// <summary>Finds the ties of a choice of the largest, as <see cref="TopN"/>, <see cref="TopNodes"/> and <see cref="UnionCircuit"/> make it.</summary>
    /// <param name="values">The scores among which was chosen.</param>
    /// <param name="count">How many were chosen.</param>
    /// <param name="signed">Whether a score's sign counts.</param>
    /// <returns>The ties; null where the last chosen scores more than the first that was not, and where there is no such one.</returns>
    public static ScoreTies? AtCut(ImmutableArray<double> values, int count, bool signed)
    {
        if (count <= 0 || count >= values.Length)
        {
            return null;
        }
        double[] sizes = [.. values.Select(score => Largest.Size(score, signed))];
        Array.Sort(sizes);
        double last = sizes[^count];
        return last == sizes[^(count + 1)]
            ? new ScoreTies(
                count - sizes.Count(size => size > last),
                count,
                sizes.Count(size => size == last),
                last + 0.0
            )
            : null;
    }

    /// <summary>Finds the ties of a choice by <see cref="Greedy"/>, whose candidates are the edges into nodes that are in.</summary>
    /// <param name="chosen">What it chose, before pruning.</param>
    /// <returns>The ties; null where no candidate that was not chosen scores as much as the least of those that were.</returns>
    public static ScoreTies? OfGreedy(Circuit chosen)
    {
        if (chosen.Scores is not { } scores || chosen.EdgeCount == 0)
        {
            return null;
        }
        bool signed = chosen.Selection.Signed;
        double last = chosen.EdgeIndices.Min(edge => Largest.Size(scores.Values[edge], signed));
        HashSet<Node> isIn = [.. chosen.Nodes];
        int[] tied =
        [
            .. Enumerable
                .Range(0, chosen.Graph.EdgeCount)
                .Where(edge =>
                    Largest.Size(scores.Values[edge], signed) == last
                    && isIn.Contains(chosen.Graph.EdgeAt(edge).Destination)
                ),
        ];
        int taken = tied.Count(chosen.Contains);
        return taken < tied.Length ? new ScoreTies(taken, chosen.EdgeCount, tied.Length, last + 0.0) : null;
    }
}
