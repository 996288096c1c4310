using System.Collections.Immutable;

namespace CircuitPipeline.Attribution;

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
