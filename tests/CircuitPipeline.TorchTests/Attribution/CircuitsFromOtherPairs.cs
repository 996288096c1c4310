using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class CircuitsFromOtherPairs
{
    private static readonly EncodedPairs Pairs = TinyPairs.Create(count: 20);
    private static readonly ComputationGraph Graph = new(2, 2, true);

    [Fact]
    public void Agree_by_the_share_of_their_edges()
    {
        CircuitStability stability = CircuitStability.Of([Of(0, 1, 2, 3), Of(2, 3, 4, 5), Of(0, 1, 2, 3)]);

        Assert.Equal([1 / 3.0, 1, 1 / 3.0], stability.Jaccards.ToArray());
        Assert.Equal((1 / 3.0, 1), (stability.Min, stability.Max));
        Assert.Equal(5 / 9.0, stability.Mean, 1e-12);
    }

    [Fact]
    public void Need_to_be_two()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => CircuitStability.Of([Of(1)]));

        Assert.Equal("Stability compares every two circuits, but '1' is given; give at least 2.", error.Message);
    }

    [Fact]
    public void Come_from_splits_without_a_common_pair()
    {
        System.Collections.Immutable.ImmutableArray<EncodedPairs> splits = PairSamples.Splits(
            Pairs,
            3,
            new SeededRandom(1)
        );

        Assert.Equal([6, 6, 6], splits.Select(split => split.Count));
        EncodedPair[] all = [.. splits.SelectMany(All)];
        Assert.Equal(18, all.Distinct().Count());
        Assert.All(all, pair => Assert.Contains(pair, All(Pairs)));
        Assert.Equal(all, PairSamples.Splits(Pairs, 3, new SeededRandom(1)).SelectMany(All));
        Assert.NotEqual(all, PairSamples.Splits(Pairs, 3, new SeededRandom(2)).SelectMany(All));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairSamples.Splits(Pairs, 21, new SeededRandom(1)));
    }

    [Fact]
    public void Come_from_as_many_pairs_drawn_again()
    {
        EncodedPairs sample = PairSamples.Resampled(Pairs, new SeededRandom(1));

        Assert.Equal(20, sample.Count);
        Assert.All(All(sample), pair => Assert.Contains(pair, All(Pairs)));
        Assert.InRange(All(sample).Distinct().Count(), 8, 17);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(.3, 6)]
    [InlineData(1, 20)]
    public void Come_from_pairs_of_which_a_share_has_another_twin(double share, int changed)
    {
        EncodedPairs perturbed = PairSamples.Perturbed(Pairs, share, new SeededRandom(1));

        (EncodedPair First, EncodedPair Second)[] rows = [.. All(Pairs).Zip(All(perturbed))];
        Assert.Equal(changed, rows.Count(row => row.First.Corrupted != row.Second.Corrupted));
        Assert.All(
            rows,
            row => Assert.Equal((row.First.Clean, row.First.Answers), (row.Second.Clean, row.Second.Answers))
        );
        Assert.Equal(
            All(Pairs).Select(pair => Assert.Single(pair.CorruptedAnswers)).Order(),
            All(perturbed).Select(pair => Assert.Single(pair.CorruptedAnswers)).Order()
        );
    }

    [Fact]
    public void Come_from_no_share_beyond_all()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            PairSamples.Perturbed(Pairs, 1.5, new SeededRandom(1))
        );

        Assert.StartsWith("The share is '1.5', but 0 to 1 is allowed.", error.Message);
    }

    [Fact]
    public void Agree_more_by_exact_scores_than_by_chance()
    {
        using Transformer model = TinyModel.Create();
        ExactPatching exact = new(20, TimeProvider.System);

        double byExact = Stability((pairs, _) => exact.Attribute(model, pairs, Metrics.LogitDifference));
        double byChance = Stability(
            (pairs, seed) => new RandomScores(seed).Attribute(model, pairs, Metrics.LogitDifference)
        );

        Assert.True(byExact > byChance, $"Mean Jaccard is {byExact:F2} and by chance {byChance:F2}.");
    }

    private static double Stability(Func<EncodedPairs, int, EdgeScores> scores) =>
        CircuitStability
            .Of([
                .. PairSamples
                    .Splits(Pairs, 4, new SeededRandom(1))
                    .Select((split, index) => new TopN(10).Select(scores(split, index))),
            ])
            .Mean;

    private static Circuit Of(params int[] edges) => new(Graph, edges, SelectionOrigin.Unknown(edges.Length));

    private static IEnumerable<EncodedPair> All(EncodedPairs pairs) =>
        Enumerable.Range(0, pairs.Count).Select(index => pairs[index]);
}
