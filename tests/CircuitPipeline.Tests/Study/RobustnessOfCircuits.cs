using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.EvaluateRobustness;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>How much circuits depend on their pairs, with a stand-in for the search: scores that are sums of what each pair says.</summary>
public sealed class RobustnessOfCircuits
{
    private const int Count = 30;
    private static readonly ComputationGraph Graph = new(2, 2, parallelBlocks: true);

    [Fact]
    public void From_equal_pairs_is_one()
    {
        EncodedPairs equal = EncodedPairs.Of(Enumerable.Repeat(Pair(1), Count));

        CircuitRobustness found = Run(equal, 5, [10, 50, 90]);

        Assert.Equal((6, 10), (found.Pairs, found.Splits.Length));
        Assert.All(
            [.. found.Splits, .. found.Perturbed.Select(one => one.Overlap)],
            overlap => Assert.Equal(new CircuitOverlap(1, 1, 1), overlap)
        );
    }

    [Fact]
    public void Is_that_of_every_two_parts_one_by_one()
    {
        EncodedPairs pairs = Different();
        EncodedPairs[] parts = [.. PairSamples.Splits(pairs, 3, new SeededRandom(4).Derive("splits"))];

        CircuitRobustness found = Run(pairs, 3, []);

        Assert.Equal(
            [
                Jaccard(Find(parts[0]), Find(parts[1])),
                Jaccard(Find(parts[0]), Find(parts[2])),
                Jaccard(Find(parts[1]), Find(parts[2])),
            ],
            found.Splits.Select(overlap => overlap.Edges!.Value)
        );
    }

    [Fact]
    public void Is_of_the_first_part_beside_its_perturbed_pairs_of_which_more_are_those_and_others()
    {
        List<EncodedPairs> asked = [];

        CircuitRobustness found = new RobustnessRun(pairs =>
        {
            asked.Add(pairs);
            return Find(pairs);
        }).Measure("base", 2, 10, Different(), 2, [5, 40, 100], new SeededRandom(4));

        Assert.Equal(("base", 2, 10, 15), (found.Model, found.Base, found.Percent, found.Pairs));
        Assert.Equal(5, asked.Count);
        Assert.Equal([5, 40, 100], found.Perturbed.Select(one => one.Percent));
        int[][] changed =
        [
            .. asked
                .Skip(2)
                .Select(pairs =>
                    Enumerable
                        .Range(0, 15)
                        .Where(row => !pairs[row].Corrupted.SequenceEqual(asked[0][row].Corrupted))
                        .ToArray()
                ),
        ];
        Assert.Equal([0, 6, 15], changed.Select(rows => rows.Length));
        Assert.Subset(changed[2].ToHashSet(), changed[1].ToHashSet());
        Assert.Equal(1, found.Perturbed[0].Overlap.Edges);
        Assert.Equal(Jaccard(Find(asked[0]), Find(asked[3])), found.Perturbed[1].Overlap.Edges);
        Assert.All(asked.Skip(2), pairs => Assert.Equal(asked[0][3].Clean.ToArray(), pairs[3].Clean.ToArray()));
    }

    private static CircuitRobustness Run(EncodedPairs pairs, int splits, double[] shares) =>
        new RobustnessRun(Find).Measure("base", 0, 10, pairs, splits, shares, new SeededRandom(4));

    private static EncodedPairs Different() => EncodedPairs.Of(Enumerable.Range(0, Count).Select(Pair));

    private static EncodedPair Pair(int number) => new([number, 1, 2], [number, 100 + number, 2], 3, 4);

    // Each pair by its tokens gives every edge a number.
    private static Circuit Find(EncodedPairs pairs)
    {
        double[] sums = new double[Graph.EdgeCount];
        foreach (EncodedPair pair in Enumerable.Range(0, pairs.Count).Select(row => pairs[row]))
        {
            Random numbers = new(1_000 * pair.Clean[0] + pair.Corrupted[1]);
            foreach (int edge in Enumerable.Range(0, sums.Length))
            {
                sums[edge] += numbers.NextDouble() - 0.5;
            }
        }

        return new TopN(10).Select(new EdgeScores(Graph, [.. sums], ScoreOrigin.Unknown));
    }

    private static double Jaccard(Circuit first, Circuit second) =>
        (double)first.EdgeIndices.Count(second.Contains)
        / first.EdgeIndices.Union(second.EdgeIndices).Distinct().Count();
}
