using CircuitPipeline.Prompts;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class Chance
{
    // Computed by an implementation of its own in Python from the same definition (SHA-256 of the key, xoshiro256**).
    [Fact]
    public void Draws_are_those_of_the_definition()
    {
        SeededRandom seed = new(0);
        SeededRandom derived = new SeededRandom(-7).Derive("corpus");

        Assert.Equal(
            [14117826604518380797UL, 9014098088557668603UL, 2203102866185080167UL],
            [seed.NextBits(), seed.NextBits(), seed.NextBits()]
        );
        Assert.Equal([17615391912178454685UL, 9301099892801720175UL], [derived.NextBits(), derived.NextBits()]);
    }

    [Fact]
    public void Derived_streams_do_not_depend_on_the_order_of_draws()
    {
        (SeededRandom? fresh, SeededRandom? used) = (new SeededRandom(3), new SeededRandom(3));
        used.Derive("a").NextBits();
        used.NextBits();

        Assert.Equal(fresh.Derive("b").NextBits(), used.Derive("b").NextBits());
        Assert.NotEqual(fresh.Derive("a").NextBits(), fresh.Derive("b").NextBits());
        Assert.NotEqual(fresh.Derive("a").Derive("b").NextBits(), fresh.Derive("ab").NextBits());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-3, 3)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void Whole_numbers_stay_between_their_ends(int low, int high)
    {
        SeededRandom random = new(4);

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.InRange(random.Between(low, high), low, high));
    }

    [Fact]
    public void Whole_numbers_come_equally_often()
    {
        SeededRandom random = new(5);

        int[] counts = Enumerable
            .Range(0, 70_000)
            .CountBy(_ => random.Between(1, 7))
            .Select(row => row.Value)
            .ToArray();

        Assert.Equal(7, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Shares_lie_below_one_and_average_a_half()
    {
        SeededRandom random = new(6);

        double[] shares = Enumerable.Range(0, 20_000).Select(_ => random.NextShare()).ToArray();

        Assert.All(shares, share => Assert.InRange(share, 0, Math.BitDecrement(1)));
        Assert.InRange(shares.Average(), 0.49, 0.51);
    }

    [Fact]
    public void A_shuffle_keeps_the_values_and_leaves_its_argument()
    {
        int[] values = [.. Enumerable.Range(0, 100)];

        int[] shuffled = new SeededRandom(7).Shuffled(values);

        Assert.Equal(Enumerable.Range(0, 100), values);
        Assert.Equal(values, shuffled.Order());
        Assert.NotEqual(values, shuffled);
    }
}
