using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Selection;

/// <summary>Chooses the edges with the largest scores; of equal ones, those with the smaller edge index.</summary>
/// <param name="edges">How many edges, 1 to the number that the graph has.</param>
/// <param name="signed">Whether a score's sign counts; else its absolute value does, so that edges that hurt are chosen too.</param>
public sealed class TopN(int edges, bool signed = false) : ICircuitSelector
{
    /// <summary>A share of a graph's edges as a number of edges, rounded down as the paper does (5 % of 231,493 is 11,574).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="percent">Above 0 to 100.</param>
    /// <returns>The number, at least 1.</returns>
    public static int EdgesOf(ComputationGraph graph, double percent)
    {
        if (!(percent is > 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(
                nameof(percent),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The share of edges is '{percent}' percent, but above 0 to 100 is allowed."
                )
            );
        }
        // In decimal, because 0.1 of 1,000 must be 1 and not the 0 of a rounded binary product.
        return Math.Max(1, (int)((decimal)percent * graph.EdgeCount / 100m));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The graph has fewer edges than asked for.</exception>
    public Circuit Select(EdgeScores scores)
    {
        ImmutableArray<int> chosen = Largest.Of(
            scores.Values,
            [.. Enumerable.Range(0, scores.Values.Length)],
            edges,
            signed,
            "the graph"
        );
        return new Circuit(scores.Graph, chosen, new SelectionOrigin("top-n", edges, signed), scores);
    }
}

/// <summary>The largest of some scores; of equal ones, those with the smaller index.</summary>
internal static class Largest
{
    /// <summary>Their indices, ascending: all above the last place, then the first of those on it.</summary>
    /// <param name="values">The scores of all edges or nodes.</param>
    /// <param name="candidates">Indices, ascending.</param>
    /// <param name="count">How many to take.</param>
    /// <param name="signed">Whether a score's sign counts.</param>
    /// <param name="place">Who has the candidates, for the message.</param>
    /// <param name="things">What they are, for the message.</param>
    public static ImmutableArray<int> Of(
        ImmutableArray<double> values,
        ImmutableArray<int> candidates,
        int count,
        bool signed,
        string place,
        string things = "edges"
    )
    {
        MustBeThere(count, candidates.Length, place, things);
        double[] sizes = [.. candidates.Select(index => Size(values[index], signed))];
        Array.Sort(sizes);
        double last = sizes[^count];
        int onLast = count - candidates.Count(index => Size(values[index], signed) > last);
        return
        [
            .. candidates.Where(index =>
                Size(values[index], signed) is var size && (size > last || (size == last && onLast-- > 0))
            ),
        ];
    }

    /// <summary>What a score counts.</summary>
    public static double Size(double score, bool signed) => signed ? score : Math.Abs(score);

    /// <summary>Refuses a number that is not there.</summary>
    public static void MustBeThere(int count, int available, string place, string things = "edges")
    {
        if (count < 1 || count > available)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The number of {things} is '{count}', but {place} has {available:N0} {things}: choose 1 to {available:N0}."
                )
            );
        }
    }
}
