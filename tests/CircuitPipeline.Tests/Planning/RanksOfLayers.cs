using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Planning;
using Xunit;

namespace CircuitPipeline.Tests.Planning;

public sealed class RanksOfLayers
{
    [Fact]
    public void Are_the_default_but_where_they_are_named()
    {
        RankPattern pattern = new(3, [new(2, 9), new(4, 3)]);

        Assert.All(LinearModules.All, module => Assert.Equal(9, pattern.RankOf(2, module)));
        Assert.Equal(
            [3, 3, 9, 3, 3],
            Enumerable.Range(0, 5).Select(layer => pattern.RankOf(layer, LinearModule.Dense))
        );
        Assert.Equal("rank 3; layer 2: 9", pattern.ToString());
    }

    [Fact]
    public void Are_equal_when_they_say_the_same()
    {
        (RankPattern? one, RankPattern? two) = (
            new RankPattern(3, [new(2, 9), new(1, 4)]),
            new RankPattern(3, [new(1, 4), new(2, 9), new(0, 3)])
        );

        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, new RankPattern(3, [new(2, 9)]));
    }

    [Theory]
    [InlineData(LinearModule.QueryKeyValue, "query_key_value", 64, 192)]
    [InlineData(LinearModule.Dense, "dense", 64, 64)]
    [InlineData(LinearModule.DenseHTo4H, "dense_h_to_4h", 64, 256)]
    [InlineData(LinearModule.Dense4HToH, "dense_4h_to_h", 256, 64)]
    public void Belong_to_maps_of_these_sizes(LinearModule module, string name, int reads, int writes) =>
        Assert.Equal(
            (name, reads, writes),
            (module.Name, module.InFeatures(Shapes.Tiny), module.OutFeatures(Shapes.Tiny))
        );

    [Theory]
    [InlineData(1, 786_432)]
    [InlineData(8, 6_291_456)]
    [InlineData(32, 25_165_824)]
    public void That_are_uniform_cost_what_the_paper_reports_for_pythia(int rank, long parameters)
    {
        TransformerConfig shape = Shapes.Pythia1B4;

        Assert.Equal(parameters, RankPattern.Uniform(rank).TrainableParameters(shape));
        Assert.Equal(parameters, rank * shape.NLayers * LinearModules.ParametersPerRank(shape));
    }

    [Fact]
    public void Of_a_model_as_large_as_can_be_are_counted_without_overflow()
    {
        TransformerConfig shape = Shapes.NeoX(1_024, 1_024, 1 << 20);

        Assert.Equal(1_024L * 1_000 * 16 * (1 << 20), RankPattern.Uniform(1_000).TrainableParameters(shape));
    }

    [Fact]
    public void Of_a_layer_that_is_not_there_are_refused()
    {
        RankPattern pattern = new(3, [new(6, 9)]);

        Assert.StartsWith(
            "The rank pattern names layer '6', but the model has layers 0 to 5.",
            Assert.Throws<ArgumentException>(() => pattern.TrainableParameters(Shapes.Tiny)).Message
        );
    }

    [Fact]
    public void Below_one_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankPattern.Uniform(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RankPattern(3, [new(1, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RankPattern(3, [new(-1, 4)]));
    }
}
