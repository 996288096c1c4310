using System.Collections.Immutable;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Attribution.Evaluation;

/// <summary>How faithful the circuits of growing size are that the same scores select.</summary>
/// <remarks>
/// Mueller et al. 2025 (MIB), reference: <c>evaluation.py</c>, function <c>evaluate_area_under_curve</c>: areas over the share
/// of edges by trapezoids between the points, not on a logarithmic scale.
/// </remarks>
/// <param name="Points">By growing share.</param>
public sealed record FaithfulnessCurve(ImmutableArray<CurvePoint> Points)
{
    /// <summary>The shares of edges that MIB measures at.</summary>
    public static ImmutableArray<double> Fractions { get; } = [.001, .002, .005, .01, .02, .05, .1, .2, .5, 1];

    /// <summary>
    /// Integrated circuit performance ratio: the area of faithfulness f; higher is better, and more than the model's own is
    /// possible.
    /// </summary>
    public double Cpr => Area(point => point.Faithfulness);

    /// <summary>Integrated circuit-model distance: the area of |1 - f|; 0 is best.</summary>
    public double Cmd => Area(point => Math.Abs(1 - point.Faithfulness));

    private double Area(Func<CurvePoint, double> height) =>
        Points
            .Zip(Points.Skip(1), (left, right) => (right.Fraction - left.Fraction) * (height(left) + height(right)) / 2)
            .Sum();
}

/// <summary>One circuit on a <see cref="FaithfulnessCurve"/>.</summary>
/// <param name="Fraction">The share of the graph's edges that was asked for, above 0 to 1.</param>
/// <param name="Edges">The number of edges that it is, rounded down.</param>
/// <param name="EdgesAfterPruning">Those that lie on a way from the input to the logits.</param>
/// <param name="Evaluation">The values of the pruned circuit.</param>
public sealed record CurvePoint(double Fraction, int Edges, int EdgesAfterPruning, CircuitEvaluation Evaluation)
{
    /// <summary>Normalised faithfulness, <see cref="CircuitPipeline.Attribution.Evaluation.Faithfulness.Value"/>.</summary>
    public double Faithfulness => Evaluation.Faithfulness.Value;
}

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
