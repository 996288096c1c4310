using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class ScoresByChance : IDisposable
{
    private readonly Transformer _model = TinyModel.Create(layers: 4);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Are_the_same_for_the_same_seed_and_others_for_another()
    {
        Assert.Equal(Scores(7).Values.ToArray(), Scores(7).Values.ToArray());
        Assert.NotEqual(Scores(7).Values.ToArray(), Scores(8).Values.ToArray());
        Assert.Equal("seed(7)", Scores(7).Origin.Aggregation);
    }

    [Fact]
    public void Are_even_from_0_to_1()
    {
        double[] values = [.. Enumerable.Range(0, 20).SelectMany(seed => Scores(seed).Values)];

        Assert.All(values, value => Assert.InRange(value, 0, 1));
        Assert.InRange(values.Average(), 0.47, 0.53);
    }

    private EdgeScores Scores(long seed) =>
        new RandomScores(seed).Attribute(_model, TinyPairs.Create(), Metrics.LogitDifference);
}
