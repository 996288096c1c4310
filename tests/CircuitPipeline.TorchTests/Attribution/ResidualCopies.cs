using System.Collections.Immutable;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.References;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>The fast methods against runs in which every destination really has its own copy of the residual.</summary>
public sealed class ResidualCopies
{
    [Theory]
    [InlineData(true, Quadrature.Left, 3)]
    [InlineData(true, Quadrature.Right, 2)]
    [InlineData(true, Quadrature.Midpoint, 1)]
    [InlineData(false, Quadrature.Left, 3)]
    [InlineData(false, Quadrature.Midpoint, 2)]
    public void Give_integrated_gradients_the_same_scores(bool isParallel, Quadrature quadrature, int steps)
    {
        using Transformer model = FilledModel.Create(layers: 3, isParallel);
        EncodedPairs pairs = TinyPairs.Create();

        EdgeScores fast = new EapIgInputs(steps, quadrature, 4, TimeProvider.System).Attribute(
            model,
            pairs,
            Metrics.LogitDifference
        );

        double[] slow = EapIgReference.Scores(model, pairs, Metrics.LogitDifference, quadrature.Points(steps));
        MustEqual(slow, fast);
    }

    [Theory]
    [InlineData(Quadrature.Left, 3)]
    [InlineData(Quadrature.Right, 1)]
    public void Give_integrated_gradients_of_gpt2_the_same_scores(Quadrature quadrature, int steps)
    {
        using Transformer model = FilledModel.Create(TinyModel.Gpt2Config(layers: 3));
        EncodedPairs pairs = TinyPairs.Create();

        EdgeScores fast = new EapIgInputs(steps, quadrature, 4, TimeProvider.System).Attribute(
            model,
            pairs,
            Metrics.LogitDifference
        );

        MustEqual(EapIgReference.Scores(model, pairs, Metrics.LogitDifference, quadrature.Points(steps)), fast);
    }

    [Theory]
    [InlineData(Intervention.Patching)]
    [InlineData(Intervention.Zero)]
    [InlineData(Intervention.Mean)]
    [InlineData(Intervention.MeanPositional)]
    public void Give_exact_patching_the_same_scores(Intervention intervention)
    {
        TransformerConfig[] configs = [TinyModel.Config(), TinyModel.Config(isParallel: false), TinyModel.Gpt2Config()];
        foreach (TransformerConfig config in configs)
        {
            using Transformer model = FilledModel.Create(config);
            EncodedPairs pairs = TinyPairs.Create();

            EdgeScores fast = new ExactPatching(4, TimeProvider.System, intervention).Attribute(
                model,
                pairs,
                Metrics.LogitDifference
            );

            MustEqual(Without(model, pairs, intervention), fast);
        }
    }

    [Theory]
    [InlineData(Intervention.Patching)]
    [InlineData(Intervention.Zero)]
    [InlineData(Intervention.Mean)]
    [InlineData(Intervention.MeanPositional)]
    public void Give_gradients_at_the_clean_run_the_same_scores(Intervention intervention) =>
        MustEqual(
            new Eap(4, TimeProvider.System, intervention),
            intervention,
            Metrics.ProbabilityDifference,
            (model, pairs, metric, ablation) => EapIgReference.Scores(model, pairs, metric, [1], ablation)
        );

    [Fact]
    public void Give_gradients_at_both_ends_the_same_scores() =>
        MustEqual(
            new CleanCorrupted(4, TimeProvider.System),
            Intervention.Patching,
            Metrics.Kl(),
            (model, pairs, metric, _) => EapIgReference.Scores(model, pairs, metric, [0, 1])
        );

    [Theory]
    [InlineData(Intervention.Patching)]
    [InlineData(Intervention.Zero)]
    [InlineData(Intervention.Mean)]
    [InlineData(Intervention.MeanPositional)]
    public void Give_gradients_of_replaced_activations_the_same_scores(Intervention intervention) =>
        MustEqual(
            new EapIgActivations(2, 4, TimeProvider.System, intervention),
            intervention,
            Metrics.Kl(ReferenceRun.Corrupted),
            (model, pairs, metric, ablation) =>
                EapIgActivationsReference.Scores(model, pairs, metric, [0.5, 1], ablation)
        );

    private static void MustEqual(
        IEdgeAttribution fast,
        Intervention intervention,
        Metric metric,
        Func<Transformer, EncodedPairs, Metric, AblationActivations, double[]> slow
    )
    {
        TransformerConfig[] configs = [TinyModel.Config(), TinyModel.Config(isParallel: false), TinyModel.Gpt2Config()];
        foreach (TransformerConfig config in configs)
        {
            using Transformer model = FilledModel.Create(config);
            using DisposeScope scope = NewDisposeScope();
            EncodedPairs pairs = TinyPairs.Create();
            BatchLoop loop = new(3, TimeProvider.System);
            AblationActivations ablation = AblationActivations.Of(
                intervention,
                model,
                pairs,
                loop,
                CancellationToken.None
            );

            MustEqual(slow(model, pairs, metric, ablation), fast.Attribute(model, pairs, metric));
        }
    }

    // What circuits of all edges but one lose.
    private static double[] Without(Transformer model, EncodedPairs pairs, Intervention intervention)
    {
        ComputationGraph graph = new(model.Config);
        int[] all = [.. Enumerable.Range(0, graph.EdgeCount)];
        ImmutableArray<CircuitEvaluation> results = new CircuitEvaluator(
            100,
            TimeProvider.System,
            intervention
        ).EvaluateAll(
            model,
            [.. all.Select(edge => new Circuit(graph, all.Except([edge]), SelectionOrigin.Unknown(all.Length - 1)))],
            pairs,
            Metrics.LogitDifference
        );
        return [.. results.Select(result => result.Faithfulness.Clean - result.Faithfulness.Circuit)];
    }

    private static void MustEqual(double[] expected, EdgeScores scores)
    {
        double largest = expected.Max(Math.Abs);
        Assert.True(largest > 1e-3);
        Assert.All(expected.Zip(scores.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * largest));
    }
}
