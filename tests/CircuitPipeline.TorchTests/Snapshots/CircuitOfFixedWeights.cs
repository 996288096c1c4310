using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using CircuitPipeline.TorchTests.Attribution;
using Xunit;

namespace CircuitPipeline.TorchTests.Snapshots;

using static CircuitPipeline.Verify.CircuitVerifier;

/// <summary>The circuit of a model whose weights are drawn from a seed, in float64: the same edges on every processor.</summary>
public sealed class CircuitOfFixedWeights
{
    private static readonly EdgeScores Scores = Attribute();

    [Fact]
    public async Task Is_the_accepted_one() => await VerifyCircuit(new TopN(24).Select(Scores).Prune());

    [Fact]
    public async Task Comes_from_the_accepted_scores() => await VerifyScores(Scores);

    private static EdgeScores Attribute()
    {
        using Transformer model = TinyModel.Create();
        EapIgInputs method = new(steps: 5, Quadrature.Left, batch: 6, TimeProvider.System);
        return method.Attribute(model, TinyPairs.Create(), Metrics.LogitDifference);
    }
}
