using Xunit;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The plain rotary positions against published numbers and what rotations must do.</summary>
public sealed class PlainRotaries
{
    // theta 5e5, head width 128, factor 8, low 1, high 4, context 8192: Llama 3.1.
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(20, .0165604401, .0165604401)]
    [InlineData(28, .00321144599, .00321144599)]
    [InlineData(32, .00141421356, .000524846161)]
    [InlineData(36, .000622772422, .0000778465527)]
    [InlineData(63, 2.45514079e-6, 3.06892599e-7)]
    public void Of_Llama_3_1_have_the_published_frequencies(int index, double plain, double scaled)
    {
        double frequency = PlainRotary.Unscaled(5e5, 128)[index];

        Assert.Equal(1, frequency / plain, 1e-8);
        Assert.Equal(1, PlainRotary.Llama3(frequency, 8, 1, 4, 8192) / scaled, 1e-8);
    }

    [Fact]
    public void At_position_0_change_nothing() =>
        Assert.Equal([1.0, 2, 3, 4, 5], new PlainRotary([1, .5]).Turn([1, 2, 3, 4, 5], 0));

    [Fact]
    public void Turn_the_first_half_against_the_second_and_leave_the_rest()
    {
        double[] turned = new PlainRotary([Math.PI / 2, Math.PI]).Turn([1, 2, 3, 4, 5], 1);

        double[] expected = [-3, -2, 1, -4, 5];
        Assert.All(expected.Zip(turned), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(5, 8)]
    [InlineData(11, 14)]
    public void Leave_scores_that_depend_on_the_distance_alone(int query, int key)
    {
        PlainRotary rotary = new([1, .3]);
        double[] q = [.2, -1.3, .7, 2.1];
        double[] k = [1.1, .4, -.6, .9];

        double score = rotary.Turn(q, query).Zip(rotary.Turn(k, key), (a, b) => a * b).Sum();

        Assert.Equal(rotary.Turn(q, 100).Zip(rotary.Turn(k, 103), (a, b) => a * b).Sum(), score, 1e-12);
        Assert.NotEqual(q.Zip(k, (a, b) => a * b).Sum(), score, 1e-3);
    }

    // Half of a head of 8 turns: theta^0 and theta^(-2/4).
    [Theory]
    [InlineData("neox-v5-rotary", new[] { 1, 0.037796447300922720 })]
    [InlineData("neox-v5-rotary-without-share", new[] { 1.0 })]
    [InlineData("published-pythia", new[] { 1.0 })]
    // 10000^0 and 10000^-.5, a quarter of each.
    [InlineData("neox-linear-rotary", new[] { .25, .0025 })]
    // Heads of 4: 10000^0 and 10000^-.5; 300 and 50 are the thetas of the dictionary that counts.
    [InlineData("llama-linear-rotary", new[] { .4, .004 })]
    [InlineData("llama-v5-linear-rotary", new[] { .4, 0.023094010767585030 })]
    [InlineData("llama-scaling-beats-parameters", new[] { .4, 0.056568542494923800 })]
    [InlineData("llama-empty-scaling", new[] { 1, 0.057735026918962576 })]
    // 20^(-i/4): waves of 6.3, 13.3, 28.1 and 59.4 against 32 / 4 and 32 / 1; s = .4694, .04627.
    [InlineData("llama-llama3-rotary", new[] { 1, .25334405284, .037004507151, .013217140793 })]
    [InlineData("llama-llama3-rotary-without-original", new[] { 1, .25334405284, .037004507151, .013217140793 })]
    public void Are_read_from_configurations(string name, double[] frequencies)
    {
        double[] read = PlainConfig.Parse(FamilyCases.All[name]).Rotary!.Frequencies;

        Assert.Equal(frequencies.Length, read.Length);
        Assert.All(frequencies.Zip(read), pair => Assert.Equal(1, pair.Second / pair.First, 1e-8));
    }
}
