using System.Globalization;
using CircuitPipeline.Attribution;

namespace CircuitPipeline.Tool;

/// <summary>What the evaluation of circuits of growing size found.</summary>
internal static class CurveAnswer
{
    internal static Answer Of(ComputedWith computed, FaithfulnessCurve curve) =>
        new(
            new
            {
                curve.Cpr,
                curve.Cmd,
                Points = curve.Points.Select(point => new
                {
                    point.Fraction,
                    Edges = new EdgeCounts(point.Edges, point.EdgesAfterPruning),
                    point.Faithfulness,
                    Mean = point.Evaluation.Faithfulness.Circuit,
                    Accuracy = point.Evaluation.CircuitAccuracy,
                }),
                Computed = computed,
            },
            [
                .. curve.Points.Select(point =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{point.Fraction, 7:0.0%} {point.EdgesAfterPruning, 10:N0} edges: faithfulness {point.Faithfulness:0.####}, accuracy {point.Evaluation.CircuitAccuracy:0.####}"
                    )
                ),
                string.Create(CultureInfo.InvariantCulture, $"CPR {curve.Cpr:0.####}, CMD {curve.Cmd:0.####}"),
            ]
        );
}
