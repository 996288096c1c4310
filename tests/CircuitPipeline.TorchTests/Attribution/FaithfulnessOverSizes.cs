using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class FaithfulnessOverSizes : IDisposable
{
    private readonly Transformer _model = FilledModel.Create(layers: 4);
    private readonly EncodedPairs _pairs = TinyPairs.Create();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Has_the_areas_of_its_trapezoids()
    {
        FaithfulnessCurve curve = new([Point(.1, 0), Point(.2, .5), Point(.5, 2), Point(1, 1)]);

        Assert.Equal(.1 * .25 + .3 * 1.25 + .5 * 1.5, curve.Cpr, 1e-12);
        Assert.Equal(.1 * .75 + .3 * .75 + .5 * .5, curve.Cmd, 1e-12);
    }

    [Theory]
    [InlineData(Intervention.Patching)]
    [InlineData(Intervention.Zero)]
    [InlineData(Intervention.MeanPositional)]
    public void Holds_what_each_circuit_has_alone(Intervention intervention)
    {
        CircuitEvaluator evaluator = new(4, TimeProvider.System, intervention);
        EdgeScores scores = new ExactPatching(4, TimeProvider.System).Attribute(
            _model,
            _pairs,
            Metrics.LogitDifference
        );

        FaithfulnessCurve curve = evaluator.Curve(_model, scores, _pairs, Metrics.LogitDifference, signed: true);

        Assert.Equal(167, scores.Graph.EdgeCount);
        Assert.Equal([0, 0, 0, 1, 3, 8, 16, 33, 83, 167], curve.Points.Select(point => point.Edges));
        Assert.Equal(FaithfulnessCurve.Fractions, curve.Points.Select(point => point.Fraction));
        CurvePoint half = curve.Points[8];
        Circuit circuit = new TopN(83, signed: true).Select(scores).Prune();
        CircuitEvaluation alone = evaluator.Evaluate(_model, circuit, _pairs, Metrics.LogitDifference);
        Assert.Equal(circuit.EdgeCount, half.EdgesAfterPruning);
        Assert.Equal(alone.Faithfulness.Value, half.Faithfulness, 1e-9);
        Assert.Equal(1, curve.Points[9].Faithfulness, 1e-9);
    }

    [Fact]
    public void Begins_at_the_corrupted_run_where_nothing_is_kept()
    {
        EdgeScores scores = new RandomScores(1).Attribute(_model, _pairs, Metrics.LogitDifference);

        FaithfulnessCurve curve = new CircuitEvaluator(4, TimeProvider.System).Curve(
            _model,
            scores,
            _pairs,
            Metrics.LogitDifference
        );

        Assert.Equal(0, curve.Points[0].Faithfulness, 1e-9);
    }

    [Fact]
    public void Is_better_for_exact_scores_than_for_chance()
    {
        CircuitEvaluator evaluator = new(6, TimeProvider.System);
        IEdgeAttribution[] methods = [new ExactPatching(6, TimeProvider.System), new RandomScores(3)];

        double[] distances =
        [
            .. methods.Select(method =>
                evaluator
                    .Curve(
                        _model,
                        method.Attribute(_model, _pairs, Metrics.LogitDifference),
                        _pairs,
                        Metrics.LogitDifference
                    )
                    .Cmd
            ),
        ];

        Assert.True(distances[0] < distances[1], $"CMD is {distances[0]:F3} by exact and {distances[1]:F3} by chance.");
    }

    [Fact]
    public void Of_a_circuit_and_its_complement_share_out_the_edges()
    {
        EdgeScores scores = new ExactPatching(4, TimeProvider.System).Attribute(
            _model,
            _pairs,
            Metrics.LogitDifference
        );
        Circuit circuit = new TopN(40).Select(scores);
        Circuit rest = new(
            scores.Graph,
            Enumerable.Range(0, scores.Graph.EdgeCount).Where(edge => !circuit.Contains(edge)),
            SelectionOrigin.Unknown(0)
        );
        CircuitEvaluator evaluator = new(4, TimeProvider.System);

        CircuitCompleteness result = evaluator.Completeness(_model, circuit, _pairs, Metrics.LogitDifference);

        MustEqual(evaluator.Evaluate(_model, circuit, _pairs, Metrics.LogitDifference), result.Circuit);
        MustEqual(evaluator.Evaluate(_model, rest, _pairs, Metrics.LogitDifference), result.Complement);
    }

    private static void MustEqual(CircuitEvaluation expected, CircuitEvaluation actual) =>
        Assert.All(expected.Circuit.Zip(actual.Circuit), pair => Assert.Equal(pair.First, pair.Second, 1e-12));

    private static CurvePoint Point(double fraction, double faithfulness) =>
        new(fraction, 1, 1, new CircuitEvaluation([1], [0], [faithfulness], [0], [true], [true]));
}
