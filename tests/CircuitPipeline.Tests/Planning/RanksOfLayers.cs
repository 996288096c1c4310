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

        Assert.Equal([3, 3, 9, 3, 3], Enumerable.Range(0, 5).Select(pattern.RankOf));
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

    [Fact]
    public void Belong_to_maps_of_these_sizes() =>
        Assert.Equal(
            [("query_key_value", 64, 192), ("dense", 64, 64), ("dense_h_to_4h", 64, 256), ("dense_4h_to_h", 256, 64)],
            Shapes.Tiny.LinearMaps.Select(map => (map.Name, map.Inputs, map.Outputs))
        );

    // Per rank and layer: q 896 + 896, k and v 896 + 128, o 896 + 896, gate, up, down 896 + 4864.
    [Theory]
    [InlineData(1, 549_888)]
    [InlineData(8, 4_399_104)]
    public void Of_a_model_with_shared_keys_and_a_gate_count_every_map(int rank, long parameters) =>
        Assert.Equal(parameters, RankPattern.Uniform(rank).TrainableParameters(Shapes.Qwen05B));

    [Theory]
    [InlineData(1, 786_432)]
    [InlineData(8, 6_291_456)]
    [InlineData(32, 25_165_824)]
    public void That_are_uniform_cost_what_the_paper_reports_for_pythia(int rank, long parameters) =>
        Assert.Equal(parameters, RankPattern.Uniform(rank).TrainableParameters(Shapes.Pythia1B4));

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
