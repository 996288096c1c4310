using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class Interventions : IDisposable
{
    private readonly Transformer _model = FilledModel.Create();

    // Lengths 5, 5, 4, 5, 5, 4, 5.
    private readonly EncodedPairs _pairs = TinyPairs.Create(count: 7);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void By_means_take_the_mean_over_all_real_positions()
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();

        double[][] means = Means(isPositional: false);

        double[][] tokens = [.. Outputs().SelectMany(pair => pair)];
        Assert.Equal(5 * 5 + 2 * 4, tokens.Length);
        MustEqual(MeanOf(tokens), Assert.Single(means));
    }

    [Fact]
    public void By_positional_means_take_the_mean_over_the_prompts_that_reach_the_position()
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();

        double[][] means = Means(isPositional: true);

        double[][][] pairs = Outputs();
        Assert.Equal(5, means.Length);
        foreach ((int position, double[] mean) in means.Index())
        {
            MustEqual(MeanOf([.. pairs.Where(pair => pair.Length > position).Select(pair => pair[position])]), mean);
        }
    }

    [Theory]
    [InlineData(Eap.Name)]
    [InlineData(EapIgActivations.Name)]
    [InlineData(ExactPatching.Name)]
    public void By_positional_means_do_nothing_to_prompts_that_are_all_the_same(string method)
    {
        EncodedPairs same = EncodedPairs.Of([_pairs[0], _pairs[0] with { Corrupted = _pairs[1].Corrupted }]);

        EdgeScores scores = MethodCases
            .Create(method, Intervention.MeanPositional, 2)
            .Attribute(_model, same, Metrics.LogitDifference);

        Assert.All(scores.Values, score => Assert.Equal(0, score, 1e-12));
    }

    [Fact]
    public void By_zero_and_means_do_not_read_the_corrupted_prompts()
    {
        EncodedPairs other = EncodedPairs.Of(
            Enumerable.Range(0, 7).Select(index => _pairs[index] with { Corrupted = _pairs[index].Clean })
        );

        foreach (Intervention intervention in (Intervention[])[Intervention.Zero, Intervention.Mean])
        {
            IEdgeAttribution method = new ExactPatching(3, TimeProvider.System, intervention);

            EdgeScores scores = method.Attribute(_model, other, Metrics.LogitDifference);

            MustEqual([.. method.Attribute(_model, _pairs, Metrics.LogitDifference).Values], [.. scores.Values]);
            Assert.Contains(scores.Values, score => Math.Abs(score) > 0.01);
            Assert.Equal(EnumNames.Of(intervention), scores.Origin.Intervention);
        }
    }

    [Theory]
    [InlineData(Intervention.Zero)]
    [InlineData(Intervention.Mean)]
    [InlineData(Intervention.MeanPositional)]
    public void Leave_a_whole_circuit_clean_and_an_empty_one_not_corrupted(Intervention intervention)
    {
        ComputationGraph graph = new(_model.Config);
        Circuit all = new(graph, Enumerable.Range(0, graph.EdgeCount), SelectionOrigin.Unknown(graph.EdgeCount));

        CircuitCompleteness result = new CircuitEvaluator(3, TimeProvider.System, intervention).Completeness(
            _model,
            all,
            _pairs,
            Metrics.LogitDifference
        );

        Assert.Equal(1, result.Circuit.Faithfulness.Value, 1e-9);
        Assert.Equal(0, result.Circuit.MeanDivergence, 1e-9);
        Assert.True(result.Complement.MeanDivergence > 0.01);
        Assert.True(Math.Abs(result.Complement.Faithfulness.Value) > 0.01);
    }

    // [pos][number]
    private double[][] Means(bool isPositional)
    {
        SourceActivations means = MeanActivations.Of(
            _model,
            _pairs,
            new BatchLoop(3, TimeProvider.System),
            isPositional,
            CancellationToken.None
        );
        return Numbers(means.Outputs(_model));
    }

    // [pair][pos][number], each pair alone
    private double[][][] Outputs() =>
        [
            .. Enumerable
                .Range(0, _pairs.Count)
                .Select(row =>
                {
                    PairBatch alone = _pairs.Take([row], CPU);
                    return Numbers(SourceActivations.Of(_model, alone, alone.Clean).Activations.Outputs(_model));
                }),
        ];

    // [source, 1, pos, d_model] to [pos][source * d_model]
    private static double[][] Numbers(Tensor outputs) =>
        [.. outputs.select(1, 0).unbind(1).Select(position => position.contiguous().cpu().data<double>().ToArray())];

    private static double[] MeanOf(double[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(index => rows.Average(row => row[index]))];

    private static void MustEqual(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
