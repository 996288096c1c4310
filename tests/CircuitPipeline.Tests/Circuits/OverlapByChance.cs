using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Prompts;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>What two sets share by chance, against counting all of them and against drawing many.</summary>
public sealed class OverlapByChance
{
    public static TheoryData<int, int, int> Sizes =>
        new()
        {
            { 6, 3, 2 },
            { 7, 5, 4 },
            { 8, 4, 4 },
            { 5, 0, 3 },
            { 5, 5, 2 },
            { 1, 1, 1 },
        };

    // Every second set beside one first one: the slow truth.
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Is_what_counting_every_set_gives(int all, int first, int second)
    {
        ChanceOverlap chance = new(all, first, second);
        int[] shared =
        [
            .. Enumerable
                .Range(0, 1 << all)
                .Where(set => int.PopCount(set) == second)
                .Select(set => int.PopCount(set & ((1 << first) - 1))),
        ];

        double mean = shared.Average();
        Assert.Equal(mean, chance.Shared, 1e-12);
        Assert.Equal(Math.Sqrt(shared.Average(one => (one - mean) * (one - mean))), chance.Deviation, 1e-12);
        Assert.Equal(shared.Average(one => (double)one / (first + second - one)), chance.Jaccard!.Value, 1e-12);
        Assert.All(
            Enumerable.Range(-1, all + 2),
            number =>
            {
                Assert.Equal(
                    shared.Count(one => one == number) / (double)shared.Length,
                    chance.Probability(number),
                    1e-12
                );
                Assert.Equal(
                    shared.Count(one => one >= number) / (double)shared.Length,
                    chance.ProbabilityFrom(number),
                    1e-12
                );
            }
        );
    }

    [Fact]
    public void Is_about_what_drawing_many_sets_gives()
    {
        ChanceOverlap chance = new(400, 60, 90);
        SeededRandom random = new(5);
        int[] shared =
        [
            .. Enumerable
                .Range(0, 4_000)
                .Select(_ => random.Shuffled(Enumerable.Range(0, 400)).Take(90).Count(member => member < 60)),
        ];

        double error = chance.Deviation / Math.Sqrt(shared.Length);
        Assert.InRange(shared.Average(), chance.Shared - 5 * error, chance.Shared + 5 * error);
        Assert.InRange(
            shared.Count(one => one >= 18) / 4_000.0,
            chance.ProbabilityFrom(18) - 0.04,
            chance.ProbabilityFrom(18) + 0.04
        );
    }

    // Of Pythia-1.4B's collapsed graph: factorials that no double holds.
    [Fact]
    public void Adds_up_to_one_for_large_sets()
    {
        ChanceOverlap chance = new(79_129, 9_153, 11_479);

        Assert.Equal(1, chance.ProbabilityFrom(0), 1e-8);
        Assert.Equal(9_153.0 * 11_479 / 79_129, chance.Shared, 1e-9);
        Assert.InRange(chance.Jaccard!.Value, 0.06, 0.075);
    }

    [Fact]
    public void Of_two_empty_sets_has_no_jaccard() => Assert.Null(new ChanceOverlap(5, 0, 0).Jaccard);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 4, 1)]
    [InlineData(3, 1, -1)]
    public void Of_impossible_sizes_is_refused(int all, int first, int second) =>
        Assert.ThrowsAny<ArgumentOutOfRangeException>(() => new ChanceOverlap(all, first, second));
}
