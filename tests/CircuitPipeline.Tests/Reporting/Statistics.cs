using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Reporting.Statistics;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>Intervals against values computed by hand.</summary>
public sealed class Statistics
{
    // z² = 3.8414588. 8 of 10: centre (.8 + .19207294) / 1.38414588, half 1.959964·√(.016 + .0096036) / 1.38414588.
    [Theory]
    [InlineData(8, 10, 0.490162, 0.943318)]
    [InlineData(0, 10, 0, 0.277533)]
    [InlineData(10, 10, 0.722467, 1)]
    [InlineData(1_000, 2_000, 0.478108, 0.521892)]
    public void Wilson_is_its_formula(int correct, int total, double low, double high)
    {
        Interval interval = Wilson.Of(correct, total);

        Assert.Equal(low, interval.Low, 6);
        Assert.Equal(high, interval.High, 6);
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    [InlineData(0, 0)]
    public void Wilson_refuses_what_is_no_proportion(int correct, int total) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Of(correct, total));

    // 100 items of which 50 differ: a resample's sum is binomial(100, .5), whose .025 and .975 quantiles are 40 and 60.
    [Fact]
    public void Bootstrap_over_items_has_the_quantiles_of_the_binomial()
    {
        (double mean, Interval interval) = Bootstrap(20_000).Of([Outcomes("b0", 0, wins: 50, losses: 0, items: 100)]);

        Assert.Equal(0.5, mean);
        Assert.InRange(interval.Low, 0.395, 0.405);
        Assert.InRange(interval.High, 0.595, 0.605);
    }

    // Every item of a base differs by the same: only the draw of 2 bases varies, with means 0, .5, 1 at 1 : 2 : 1.
    [Fact]
    public void Bootstrap_over_bases_varies_even_where_items_do_not()
    {
        PairedOutcomes[] outcomes = [Outcomes("b0", 0, 0, 0, 10), Outcomes("b1", 0, 10, 0, 10)];

        (double mean, Interval interval) = Bootstrap(2_000).Of(outcomes);

        Assert.Equal((0.5, 0, 1), (mean, interval.Low, interval.High));
    }

    [Fact]
    public void Bootstrap_counts_every_base_once_however_many_seeds_it_has()
    {
        PairedOutcomes[] outcomes =
        [
            Outcomes("b0", 0, 10, 0, 10),
            Outcomes("b0", 1, 10, 0, 10),
            Outcomes("b0", 2, 10, 0, 10),
            Outcomes("b1", 0, 0, 10, 10),
        ];

        Assert.Equal(0, Bootstrap(10).Of(outcomes).Mean);
    }

    [Fact]
    public void Bootstrap_gives_the_same_interval_for_the_same_seed()
    {
        PairedOutcomes[] outcomes = [Outcomes("b0", 0, 7, 3, 40), Outcomes("b1", 0, 5, 4, 40)];

        Assert.Equal(Bootstrap(500).Of(outcomes), Bootstrap(500).Of(outcomes));
    }

    [Fact]
    public void Bootstrap_refuses_different_items()
    {
        PairedOutcomes[] outcomes = [Outcomes("b0", 0, 1, 0, 10), Outcomes("b1", 0, 1, 0, 11)];

        Assert.Contains("'10, 11'", Assert.Throws<ArgumentException>(() => Bootstrap(10).Of(outcomes)).Message);
        Assert.Throws<ArgumentException>(() => Bootstrap(10).Of([new("b0", 0, [true], [])]));
        Assert.Throws<ArgumentException>(() => Bootstrap(10).Of([]));
    }

    [Fact]
    public void Sets_are_compared_by_their_formulas()
    {
        ChangeCounts change = new(Added: 2, Removed: 3, Shared: 5);

        Assert.Equal(0.5, change.Jaccard);
        Assert.Equal(5 / 8.0, change.ChangeRate);
        Assert.Null(new ChangeCounts(4, 0, 0).ChangeRate);
        Assert.Null(new ChangeCounts(0, 0, 0).Jaccard);
    }

    private static PairedBootstrap Bootstrap(int resamples) => new(new Random(17), resamples);

    private static PairedOutcomes Outcomes(string from, int seed, int wins, int losses, int items) =>
        new(
            from,
            seed,
            [.. Enumerable.Range(0, items).Select(item => item < wins)],
            [.. Enumerable.Range(0, items).Select(item => item >= items - losses)]
        );
}
