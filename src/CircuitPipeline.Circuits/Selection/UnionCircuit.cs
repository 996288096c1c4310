using System.Collections.Immutable;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;

namespace CircuitPipeline.Circuits.Selection;

/// <summary>Merges two circuits into one of a given number of edges.</summary>
/// <remarks>
/// Wang et al. 2025 (arXiv:2502.11812), reference: <c>merge_circuit.ipynb</c>.
/// <list type="number">
/// <item>An edge of both circuits gets the mean of its two scores; an edge of one keeps its score.</item>
/// <item>The edges with the largest absolute scores stay; of equal ones, those with the smaller edge index.</item>
/// <item>Nodes without an edge leave.</item>
/// </list>
/// Differs from the source: the cut is to the number of edges of the circuit that the union is compared with, after pruning.
/// </remarks>
public static class UnionCircuit
{
    /// <summary>Merges two circuits of one graph.</summary>
    /// <param name="first">A circuit with scores.</param>
    /// <param name="second">A circuit with scores, of the same graph.</param>
    /// <param name="edges">How many edges to keep, 1 to the number that are in either; all when null.</param>
    /// <returns>The union, whose scores are the merged ones and zero for edges that are in neither.</returns>
    /// <exception cref="ArgumentException">The graphs differ, scores are missing, or fewer edges are in either.</exception>
    public static Circuit Of(Circuit first, Circuit second, int? edges = null)
    {
        SameGraph.MustHold(first.Graph, second.Graph);
        (EdgeScores? left, EdgeScores? right) = (ScoresOf(first, nameof(first)), ScoresOf(second, nameof(second)));
        double[] merged = new double[first.Graph.EdgeCount];
        ImmutableArray<int> either = Enumerable
            .Range(0, merged.Length)
            .Where(edge => first.Contains(edge) || second.Contains(edge))
            .ToImmutableArray();
        foreach (int edge in either)
        {
            merged[edge] = (first.Contains(edge), second.Contains(edge)) switch
            {
                (true, true) => left.Values[edge] / 2 + right.Values[edge] / 2,
                (true, false) => left.Values[edge],
                _ => right.Values[edge],
            };
        }
        EdgeScores scores = new(first.Graph, [.. merged], Merge(left.Origin, right.Origin));
        int asked = edges ?? either.Length;
        ImmutableArray<int> kept = edges is null
            ? either
            : Largest.Of(scores.Values, either, asked, signed: false, "the union of both circuits");
        return new Circuit(first.Graph, kept, new SelectionOrigin("union", asked, Signed: false), scores);
    }

    private static EdgeScores ScoresOf(Circuit circuit, string name) =>
        circuit.Scores
        ?? throw new ArgumentException("The circuit has no scores, but a union merges circuits by their scores.", name);

    private static ScoreOrigin Merge(ScoreOrigin first, ScoreOrigin second) =>
        new()
        {
            Method = Both(first.Method, second.Method)!,
            Steps = first.Steps == second.Steps ? first.Steps : null,
            Quadrature = Both(first.Quadrature, second.Quadrature),
            Metric = Both(first.Metric, second.Metric)!,
            Intervention = Both(first.Intervention, second.Intervention)!,
            Aggregation = $"union of {Both(first.Aggregation, second.Aggregation)}: the mean where both have an edge",
            Examples = first.Examples + second.Examples,
        };

    private static string? Both(string? first, string? second) =>
        first == second ? first : $"{first ?? "none"} and {second ?? "none"}";
}
