using CircuitPipeline.Planning;
using Xunit;

namespace CircuitPipeline.Tests.Planning;

public sealed class LayersThatStandOut
{
    [Theory]
    // Mean 2, standard deviation 1 (of 1, 1, 3, 3): the threshold is 3 itself.
    [InlineData(new[] { 3.0, 3, 1, 1 }, new[] { 0, 1 })]
    // Mean 3, standard deviation 4.
    [InlineData(new[] { 11.0, 1, 1, 1, 1 }, new[] { 0 })]
    [InlineData(new[] { 2.0, 2 }, new[] { 0, 1 })]
    [InlineData(new double[0], new int[0])]
    public void Are_at_or_above_the_mean_and_one_standard_deviation(double[] values, int[] layers) =>
        Assert.Equal(layers, OutlyingLayers.Of([.. values.Select((value, layer) => new RankedLayer(layer, value))]));

    [Fact]
    public void Need_a_rule_that_measures() =>
        Assert.Equal(
            "Layer '2' was placed without a number, but mean and standard deviation need one: take a rule that measures.",
            Assert.Throws<ArgumentException>(() => OutlyingLayers.Of([new(1, 3), new(2, null)])).Message
        );

    [Fact]
    public void Are_ordered_by_rules_that_have_names()
    {
        Assert.Equal(LayerMeasure.SourceLayer, Assert.IsType<ScoredLayerRule>(LayerRule.Named("paper")).Measure);
        Assert.All(LayerRule.OfDiff, rule => Assert.Same(rule, LayerRule.Named(rule.Name)));
        Assert.Equal(
            "The rule is 'papre', but 'paper', 'source-layer', 'source-layer-without-input', 'destination-layer', 'normalised-source-layer', 'flips' are allowed.",
            Assert.Throws<ArgumentException>(() => LayerRule.Named("papre")).Message
        );
    }
}
