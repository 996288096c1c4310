using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class HandSolvedEdges : IDisposable
{
    private readonly Transformer _model = HandSolvedModel.Create();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Have_the_effects_that_were_computed_on_paper()
    {
        EdgeScores scores = new ExactPatching(1, TimeProvider.System).Attribute(
            _model,
            HandSolvedModel.Pairs,
            Metrics.LogitDifference
        );

        Assert.Equal(2 * 4 + 2 * 4 + 5, scores.Graph.EdgeCount);
        Assert.All(
            scores.Graph.Edges,
            edge => Assert.Equal(HandSolvedModel.Effects.GetValueOrDefault(edge.Name), scores[edge], 1e-9)
        );
    }

    [Fact]
    public void With_an_effect_are_a_faithful_circuit()
    {
        CircuitEvaluation result = Evaluate(HandSolvedModel.Effects.Keys);

        Assert.Equal(HandSolvedModel.CleanMetric, result.Clean[0], 1e-9);
        Assert.Equal(HandSolvedModel.CorruptedMetric, result.Corrupted[0], 1e-9);
        Assert.Equal(1, result.Faithfulness.Value, 1e-9);
        Assert.True(result.CircuitIsCorrect[0]);
    }

    [Fact]
    public void With_an_effect_leave_nothing_to_the_others()
    {
        CircuitCompleteness result = new CircuitEvaluator(1, TimeProvider.System).Completeness(
            _model,
            CircuitOf(HandSolvedModel.Effects.Keys),
            HandSolvedModel.Pairs,
            Metrics.LogitDifference
        );

        Assert.Equal(1, result.Circuit.Faithfulness.Value, 1e-9);
        Assert.Equal(0, result.Complement.Faithfulness.Value, 1e-9);
        Assert.False(result.Complement.CircuitIsCorrect[0]);
    }

    // The metric's terms at the last position: 1 a0 + 2 m0 + 3 a1 + 5 m1, all of them +.
    [Theory]
    [InlineData("a1.h0->logits", 3)]
    [InlineData("m0->logits", 2)]
    [InlineData("m1->logits", 5)]
    [InlineData("a0.h0->logits", 1)]
    public void To_the_logits_take_their_term_with_them_when_they_are_zero(string edge, double term)
    {
        EdgeScores scores = new ExactPatching(1, TimeProvider.System, Intervention.Zero).Attribute(
            _model,
            HandSolvedModel.Pairs,
            Metrics.LogitDifference
        );

        // The last norm divides by 1 while all six coordinates are in use; without one, by the root of 5/6.
        double effect = HandSolvedModel.CleanMetric - (HandSolvedModel.CleanMetric - term) / Math.Sqrt(5.0 / 6);
        Assert.Equal(effect, scores[Edge.Parse(edge)], 1e-9);
    }

    [Theory]
    [InlineData("a1.h0->logits", 12.0 / 18)]
    [InlineData("m0->a1.h0<k>", 12.0 / 18)]
    [InlineData("m1->logits", 8.0 / 18)]
    [InlineData("input->a0.h0<v>", 0)]
    public void Leave_a_circuit_less_faithful_when_they_are_missing(string edge, double faithfulness)
    {
        CircuitEvaluation result = Evaluate(HandSolvedModel.Effects.Keys.Where(name => name != edge));

        Assert.Equal(faithfulness, result.Faithfulness.Value, 1e-9);
    }

    [Fact]
    public void Through_a_hard_softmax_are_invisible_to_gradients()
    {
        EdgeScores scores = new EapIgInputs(1, Quadrature.Right, 1, TimeProvider.System).Attribute(
            _model,
            HandSolvedModel.Pairs,
            Metrics.LogitDifference
        );

        // Through the last norm, -x (gradient · x) / d_model takes 4 · 11 / 12 from the 10.
        Assert.Equal(0, scores[Edge.Parse("a0.h0->a1.h0<q>")], 1e-9);
        Assert.Equal(10 - 4 * 11 / 12.0, scores[Edge.Parse("m1->logits")], 1e-9);
    }

    private CircuitEvaluation Evaluate(IEnumerable<string> names) =>
        new CircuitEvaluator(1, TimeProvider.System).Evaluate(
            _model,
            CircuitOf(names),
            HandSolvedModel.Pairs,
            Metrics.LogitDifference
        );

    private Circuit CircuitOf(IEnumerable<string> names)
    {
        ComputationGraph graph = new(_model.Config);
        int[] edges = [.. names.Select(name => graph.EdgeIndex(Edge.Parse(name))!.Value)];
        return new Circuit(graph, edges, SelectionOrigin.Unknown(edges.Length));
    }
}
