using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>What a circuit leaves outside, against exact patching.</summary>
public sealed class ComplementsOfCircuits : IDisposable
{
    private readonly Transformer _model = FilledModel.Create(layers: 2);
    private readonly EncodedPairs _pairs = TinyPairs.Create();

    public void Dispose() => _model.Dispose();

    // All edges but one carry what they do in the clean run: the run that exact patching makes for the one.
    [Fact]
    public void Of_one_edge_lose_exactly_its_effect()
    {
        EdgeScores effects = new ExactPatching(4, TimeProvider.System).Attribute(
            _model,
            _pairs,
            Metrics.LogitDifference
        );
        CircuitEvaluator evaluator = new(4, TimeProvider.System);

        for (int edge = 0; edge < effects.Graph.EdgeCount; edge += 5)
        {
            CircuitCompleteness both = evaluator.Completeness(
                _model,
                new Circuit(effects.Graph, [edge], SelectionOrigin.Unknown(1)),
                _pairs,
                Metrics.LogitDifference
            );

            Assert.Equal(
                both.Complement.Clean.Average() - effects.Values[edge],
                both.Complement.Circuit.Average(),
                1e-9
            );
        }
    }

    [Fact]
    public void Of_everything_are_the_corrupted_run()
    {
        EdgeScores scores = new RandomScores(1).Attribute(_model, _pairs, Metrics.LogitDifference);
        Circuit all = new TopN(scores.Graph.EdgeCount).Select(scores);

        CircuitCompleteness both = new CircuitEvaluator(4, TimeProvider.System).Completeness(
            _model,
            all,
            _pairs,
            Metrics.LogitDifference
        );

        Assert.Equal(0, both.Complement.Faithfulness.Value, 1e-9);
        Assert.Equal(1, both.Circuit.Faithfulness.Value, 1e-9);
    }
}
