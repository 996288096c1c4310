using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class BatchesOfPairs : IDisposable
{
    private readonly Transformer _model = FilledModel.Create();
    private readonly EncodedPairs _pairs = TinyPairs.Create(count: 7);

    public static TheoryData<string, Intervention?> Methods => MethodCases.All;

    public void Dispose() => _model.Dispose();

    // Pairs 3 and 6 are shorter: alone they are not padded, with others they are.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_any_size_give_the_same_scores(string method, Intervention? intervention)
    {
        EdgeScores expected = Scores(method, intervention, 1, _pairs);

        Assert.All(
            (int[])[2, 3, 50],
            size =>
            {
                EdgeScores scores = Scores(method, intervention, size, _pairs);
                MustEqual(expected.Values, scores.Values);
                Assert.Equal(expected.Origin, scores.Origin);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_pairs_in_another_order_give_the_same_scores(string method, Intervention? intervention)
    {
        EncodedPairs reversed = EncodedPairs.Of(
            Enumerable.Range(1, _pairs.Count).Select(i => _pairs[_pairs.Count - i])
        );

        EdgeScores scores = Scores(method, intervention, 2, reversed);

        MustEqual(Scores(method, intervention, 2, _pairs).Values, scores.Values);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Of_every_pair_twice_give_the_same_scores(string method, Intervention? intervention)
    {
        EncodedPairs twice = EncodedPairs.Of(Enumerable.Range(0, 2 * _pairs.Count).Select(i => _pairs[i / 2]));

        EdgeScores scores = Scores(method, intervention, 5, twice);

        MustEqual(Scores(method, intervention, 5, _pairs).Values, scores.Values);
    }

    // Each batch's mean, over the number of all examples; the batches of 3 of the reference are in the pairs' order.
    [Theory]
    [InlineData(Eap.Name)]
    [InlineData(EapIgInputs.Name)]
    [InlineData(EapIgActivations.Name)]
    [InlineData(CleanCorrupted.Name)]
    public void Count_by_the_inverse_of_their_size_in_the_references_aggregation(string method)
    {
        AttributionOptions options = new()
        {
            Batch = 3,
            Time = TimeProvider.System,
            Aggregation = Aggregation.Reference,
        };
        Metric metric = Metrics.Kl(ReferenceRun.Corrupted);
        double[] expected = new double[new ComputationGraph(_model.Config).EdgeCount];
        foreach (int[] rows in Enumerable.Range(0, 7).Chunk(3))
        {
            EdgeScores alone = AttributionMethods
                .Create(method, options with { Aggregation = Aggregation.PerExample })
                .Attribute(_model, EncodedPairs.Of(rows.Select(row => _pairs[row])), metric);
            expected = [.. expected.Zip(alone.Values, (sum, score) => sum + score / 7 / TinyModel.DVocab)];
        }

        EdgeScores scores = AttributionMethods.Create(method, options).Attribute(_model, _pairs, metric);

        MustEqual(expected, scores.Values);
        Assert.Equal("reference(3)", scores.Origin.Aggregation);
    }

    // What follows an answer position cannot matter to the answer, and is padding where the prompt ends there.
    [Theory]
    [InlineData(Eap.Name)]
    [InlineData(EapIgInputs.Name)]
    [InlineData(EapIgActivations.Name)]
    [InlineData(CleanCorrupted.Name)]
    [InlineData(ExactPatching.Name)]
    public void With_answers_before_their_end_have_the_scores_of_prompts_that_end_there(string method)
    {
        EncodedPairs early = EncodedPairs.Of([
            _pairs[0] with
            {
                Position = 2,
            },
            _pairs[1],
            _pairs[2] with
            {
                Position = 3,
            },
        ]);
        EncodedPairs cut = EncodedPairs.Of([
            _pairs[0] with
            {
                Clean = _pairs[0].Clean[..3],
                Corrupted = _pairs[0].Corrupted[..3],
            },
            _pairs[1],
            _pairs[2],
        ]);

        EdgeScores scores = Scores(method, null, 3, early);

        MustEqual(Scores(method, null, 3, cut).Values, scores.Values);
        EncodedPairs whole = EncodedPairs.Of([_pairs[0], _pairs[1], _pairs[2]]);
        Assert.NotEqual(Scores(method, null, 3, whole).Values.ToArray(), scores.Values.ToArray());
    }

    [Fact]
    public void With_answers_before_their_end_are_evaluated_there()
    {
        EncodedPairs early = EncodedPairs.Of([_pairs[0] with { Position = 2 }, _pairs[1]]);
        Circuit circuit = TopEdges(10);

        CircuitEvaluation together = Evaluate(circuit, early, 2);

        EncodedPair cut = _pairs[0] with { Clean = _pairs[0].Clean[..3], Corrupted = _pairs[0].Corrupted[..3] };
        CircuitEvaluation alone = Evaluate(circuit, EncodedPairs.Of([cut]), 1);
        MustEqual([alone.Clean[0], alone.Circuit[0]], [together.Clean[0], together.Circuit[0]]);
    }

    [Fact]
    public void Leave_an_evaluation_in_the_order_of_the_pairs()
    {
        Circuit circuit = TopEdges(10);
        CircuitEvaluation together = Evaluate(circuit, _pairs, 3);

        foreach (int index in Enumerable.Range(0, _pairs.Count))
        {
            CircuitEvaluation alone = Evaluate(circuit, EncodedPairs.Of([_pairs[index]]), 1);
            MustEqual([alone.Clean[0], alone.Corrupted[0]], [together.Clean[index], together.Corrupted[index]]);
            MustEqual(alone.Circuit, [together.Circuit[index]]);
            Assert.Equal(alone.CircuitIsCorrect[0], together.CircuitIsCorrect[index]);
        }
    }

    [Fact]
    public void Through_all_edges_are_clean_and_through_none_corrupted()
    {
        CircuitEvaluation all = Evaluate(TopEdges(new ComputationGraph(_model.Config).EdgeCount), _pairs, 3);
        CircuitEvaluation none = Evaluate(
            new Circuit(new ComputationGraph(_model.Config), [], SelectionOrigin.Unknown(0)),
            _pairs,
            3
        );

        MustEqual(all.Clean, all.Circuit);
        MustEqual(none.Corrupted, none.Circuit);
        Assert.Equal((1, 0), (Math.Round(all.Faithfulness.Value, 9), Math.Round(none.Faithfulness.Value, 9)));
        Assert.Equal(all.CleanCorrect, all.CircuitCorrect);
    }

    [Fact]
    public void Say_how_the_scores_were_made()
    {
        EdgeScores scores = Method(EapIgInputs.Name, 3).Attribute(_model, _pairs, Metrics.LogitDifference);

        Assert.Equal(
            new ScoreOrigin
            {
                Method = "eap-ig-inputs",
                Steps = 3,
                Quadrature = "midpoint",
                Metric = "logit-difference",
                Intervention = "patching",
                Aggregation = "mean",
                Examples = 7,
            },
            scores.Origin
        );
    }

    private EdgeScores Scores(string method, Intervention? intervention, int batch, EncodedPairs pairs) =>
        MethodCases.Create(method, intervention, batch).Attribute(_model, pairs, Metrics.LogitDifference);

    private static IEdgeAttribution Method(string name, int batch) =>
        name == ExactPatching.Name
            ? new ExactPatching(batch, TimeProvider.System)
            : new EapIgInputs(3, Quadrature.Midpoint, batch, TimeProvider.System);

    private Circuit TopEdges(int edges) =>
        new TopN(edges).Select(Method(EapIgInputs.Name, 7).Attribute(_model, _pairs, Metrics.LogitDifference));

    private CircuitEvaluation Evaluate(Circuit circuit, EncodedPairs pairs, int batch) =>
        new CircuitEvaluator(batch, TimeProvider.System).Evaluate(_model, circuit, pairs, Metrics.LogitDifference);

    private static void MustEqual(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
    }
}
