using CircuitPipeline.Training;
using Xunit;

namespace CircuitPipeline.TorchTests.Training;

public sealed class LearningRateSchedules
{
    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(24, 0.5)]
    [InlineData(49, 1.0)]
    [InlineData(50, 1.0)]
    [InlineData(999, 0.05)]
    public void Rise_linearly_and_fall_to_the_last_value(int step, double factor) =>
        Assert.Equal(factor, LearningRates.WarmupCosine(step, 1000, 50, 0.05), 12);

    [Fact]
    public void Are_half_way_down_in_the_middle_of_the_cosine() =>
        Assert.Equal(0.525, LearningRates.WarmupCosine(60, 101, 20, 0.05), 12);

    [Fact]
    public void Without_warm_up_begin_at_the_peak() => Assert.Equal(1, LearningRates.WarmupCosine(0, 10, 0, 0));
}
