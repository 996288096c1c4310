using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class ScoresAboveAThreshold
{
    private static readonly EdgeScores Scores = new(Made.OneHead, [3, -5, 2, -2, 0, 1, 4, 2], Made.Origin);

    [Theory]
    [InlineData(2, false, new[] { 0, 1, 2, 3, 6, 7 })]
    [InlineData(2, true, new[] { 0, 2, 6, 7 })]
    [InlineData(0, false, new[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(-2, true, new[] { 0, 2, 3, 4, 5, 6, 7 })]
    [InlineData(5.1, false, new int[0])]
    public void Are_those_at_or_above_it(double least, bool signed, int[] edges) =>
        Assert.Equal(edges, new Threshold(least, signed).Select(Scores).EdgeIndices);

    [Fact]
    public void Say_the_threshold_in_their_file()
    {
        Circuit circuit = new Threshold(0.1 + 0.2, signed: true).Select(Scores);

        Assert.Equal(new SelectionOrigin("threshold", 5, Signed: true) { Threshold = 0.1 + 0.2 }, circuit.Selection);
        Assert.Equal(circuit.Selection, CircuitFile.Parse(CircuitFile.Write(circuit), "c.json").Selection);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Need_a_finite_one(double least, string shown) =>
        Assert.StartsWith(
            $"The threshold is '{shown}', but only a finite number is allowed.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Threshold(least)).Message
        );
}
