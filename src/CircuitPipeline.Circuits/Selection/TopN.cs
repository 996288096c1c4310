using System.Globalization;

namespace CircuitPipeline.Circuits;

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
        var chosen = Largest.Of(
            scores.Values,
            [.. Enumerable.Range(0, scores.Values.Length)],
            edges,
            signed,
            "the graph"
        );
        return new Circuit(scores.Graph, chosen, new SelectionOrigin("top-n", edges, signed), scores);
    }
}
