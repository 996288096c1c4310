using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>
/// Positions before the first difference are run once; one pair that differs from the first token on keeps its whole batch from
/// that, so a batch of all pairs is the unsaved path and smaller ones are the saved one.
/// </summary>
public sealed class SharedStarts
{
    // By their first difference: 3, 3 with the same start, 4, 2 and padded by one, 5, 0.
    private static readonly EncodedPairs Pairs = EncodedPairs.Of([
        new EncodedPair([1, 2, 3, 4, 5, 6], [1, 2, 3, 7, 5, 6], 0, 1),
        new EncodedPair([1, 2, 3, 9, 5, 4], [1, 2, 3, 8, 2, 4], 2, 3),
        new EncodedPair([5, 0, 3, 9, 1, 7], [5, 0, 3, 9, 6, 7], 4, 5),
        new EncodedPair([7, 7, 2, 0, 5], [7, 7, 10, 0, 1], 6, 2),
        new EncodedPair([2, 4, 6, 8, 10, 1], [2, 4, 6, 8, 10, 3], 8, 9),
        new EncodedPair([3, 8, 1, 5, 2, 6], [4, 8, 1, 5, 2, 6], 10, 7),
    ]);

    public static TheoryData<string, Intervention?> Methods => MethodCases.All;

    private static IEnumerable<TransformerConfig> Configs =>
        [TinyModel.Config(), TinyModel.Config(isParallel: false), TinyModel.Gpt2Config()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Change_no_score(string method, Intervention? intervention)
    {
        foreach (TransformerConfig config in Configs)
        {
            using Transformer model = FilledModel.Create(config);
            double[] unsaved = Scores(Pairs.Count);
            double largest = unsaved.Max(Math.Abs);

            Assert.All((int[])[1, 2, 3], batch => MustBeNear(unsaved, Scores(batch), 1e-12 * largest));

            double[] Scores(int batch) =>
                [
                    .. MethodCases
                        .Create(method, intervention, batch)
                        .Attribute(model, Pairs, Metrics.LogitDifference)
                        .Values,
                ];
        }
    }

    [Theory]
    [InlineData(Intervention.Patching)]
    [InlineData(Intervention.Zero)]
    [InlineData(Intervention.Mean)]
    [InlineData(Intervention.MeanPositional)]
    public void Change_no_circuit(Intervention intervention)
    {
        foreach (TransformerConfig config in Configs)
        {
            using Transformer model = FilledModel.Create(config);
            ComputationGraph graph = new(config);
            Circuit circuit = new TopN(graph.EdgeCount / 2).Select(
                new RandomScores(5).Attribute(model, Pairs, Metrics.LogitDifference)
            );

            Assert.All((int[])[1, 2, 3], batch => MustBeNear(Values(Pairs.Count), Values(batch), 1e-12));

            double[] Values(int batch)
            {
                CircuitEvaluation result = new CircuitEvaluator(batch, TimeProvider.System, intervention).Evaluate(
                    model,
                    circuit,
                    Pairs,
                    Metrics.Kl(ReferenceRun.Corrupted)
                );
                return [.. result.Circuit, .. result.Clean, .. result.Divergence];
            }
        }
    }

    // The batches of 2: pairs 4 and 1, 2 and 3, 5 and 6.
    [Theory]
    [InlineData(1, new[] { 3L, 3, 2, 3, 1, 6 })]
    [InlineData(2, new[] { 4L, 3, 3, 4, 6, 6 })]
    [InlineData(6, new[] { 6L, 6, 6, 6, 6, 6 })]
    public void Leave_the_positions_from_the_first_difference_on(int size, long[] positions)
    {
        using Transformer model = TinyModel.Create();
        long[] seen = new long[Pairs.Count];

        Run(model, size, cuts: true, batch => Array.ForEach(batch.Rows, row => seen[row] = batch.Positions));

        Assert.Equal(positions, seen);
    }

    [Fact]
    public void Are_run_where_they_count()
    {
        using Transformer model = TinyModel.Create();

        Run(model, 1, cuts: false, batch => Assert.Null(batch.Prefix));
    }

    [Fact]
    public void End_before_an_answer()
    {
        EncodedPairs early = EncodedPairs.Of([Pairs[4] with { Position = 2 }, Pairs[0]]);

        Assert.Equal(2, early.SharedStart([0, 1]));
        Assert.Equal(3, early.SharedStart([1]));
    }

    private static void Run(Transformer model, int size, bool cuts, Action<PairBatch> see) =>
        new BatchLoop(size, TimeProvider.System).Run(
            model,
            Pairs,
            Metrics.LogitDifference,
            Aggregation.PerExample,
            cuts,
            (batch, _) => see(batch),
            null,
            CancellationToken.None
        );

    private static void MustBeNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
