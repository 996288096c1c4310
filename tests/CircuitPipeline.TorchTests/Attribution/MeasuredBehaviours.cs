using System.Collections.Immutable;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class MeasuredBehaviours
{
    // Probabilities 1/8, 5/8, 2/8 and, of the reference, 1/4, 1/4, 2/4.
    private static readonly double[] Run = [Math.Log(1), Math.Log(5), Math.Log(2)];
    private static readonly double[] Reference = [Math.Log(1) + 3, Math.Log(1) + 3, Math.Log(2) + 3];

    [Fact]
    public void Are_differences_of_probabilities() =>
        Assert.Equal(5 / 8.0 - 2 / 8.0, Measure(Metrics.ProbabilityDifference), 1e-12);

    [Fact]
    public void Are_right_or_wrong_answers()
    {
        Assert.Equal(1, Measure(Metrics.Accuracy, right: 1));
        Assert.Equal(0, Measure(Metrics.Accuracy, right: 2));
        Assert.False(Metrics.Accuracy.HasGradient);
    }

    [Fact]
    public void Are_divergences_of_the_run_from_the_reference_in_nats()
    {
        double expected = (Math.Log(2) + Math.Log(2.0 / 5) + 2 * Math.Log(2)) / 4;

        Assert.Equal(expected, Measure(Metrics.Kl()), 1e-12);
        Assert.Equal((true, ReferenceRun.Clean), (Metrics.Kl().IsLoss, Metrics.Kl().Reference));
    }

    [Theory]
    [InlineData("logit-difference", "logit-difference")]
    [InlineData("logit-sum-difference", "logit-sum-difference")]
    [InlineData("probability-difference", "probability-difference")]
    [InlineData("accuracy", "accuracy")]
    [InlineData("kl-divergence", "kl-divergence-to-clean")]
    public void Have_names(string name, string recorded) => Assert.Equal(recorded, Metrics.Named(name).Name);

    [Fact]
    public void Compare_with_the_run_that_is_named() =>
        Assert.Equal("kl-divergence-to-corrupted", Metrics.Named("kl-divergence", ReferenceRun.Corrupted).Name);

    [Theory]
    [InlineData(ReferenceRun.Clean)]
    [InlineData(ReferenceRun.Corrupted)]
    public void Compare_with_that_run_of_the_whole_model(ReferenceRun reference)
    {
        using Transformer model = FilledModel.Create();
        EncodedPairs pairs = TinyPairs.Create();
        ComputationGraph graph = new(model.Config);
        Circuit all = new(graph, Enumerable.Range(0, graph.EdgeCount), SelectionOrigin.Unknown(0));

        CircuitEvaluation result = new CircuitEvaluator(4, TimeProvider.System).Evaluate(
            model,
            all,
            pairs,
            Metrics.Kl(reference)
        );

        (ImmutableArray<double> same, ImmutableArray<double> other) =
            reference == ReferenceRun.Clean ? (result.Clean, result.Corrupted) : (result.Corrupted, result.Clean);
        Assert.All(same, value => Assert.Equal(0, value, 1e-12));
        Assert.All(other, value => Assert.True(value > 1e-4));
        Assert.Equal(1, result.Faithfulness.Value, 1e-9);
    }

    // An edge whose patching brings the run away from the clean one helps, as with a metric that falls.
    [Fact]
    public void Of_divergence_give_every_edge_an_exact_score_of_zero_or_more()
    {
        using Transformer model = FilledModel.Create();

        EdgeScores scores = new ExactPatching(4, TimeProvider.System).Attribute(
            model,
            TinyPairs.Create(),
            Metrics.Kl()
        );

        Assert.All(scores.Values, score => Assert.True(score > -1e-12));
        Assert.Contains(scores.Values, score => score > 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_accuracy_have_exact_scores(ulong seed)
    {
        using Transformer model = TinyModel.Create(seed);
        EncodedPairs pairs = TinyPairs.Create();

        EdgeScores scores = new ExactPatching(4, TimeProvider.System).Attribute(model, pairs, Metrics.Accuracy);

        Assert.All(scores.Values, score => Assert.Equal(0, score * pairs.Count % 1, 1e-9));
    }

    private static double Measure(Metric metric, long right = 1)
    {
        using DisposeScope scope = NewDisposeScope();
        Answers answers = new(
            AnswerSets.Of(
                [
                    [(int)right],
                ],
                CPU
            ),
            AnswerSets.Of(
                [
                    [2],
                ],
                CPU
            )
        )
        {
            ReferenceLogits = tensor(Reference, [1, 3]),
        };
        return metric.Of(tensor(Run, [1, 3]), answers).item<double>();
    }
}
