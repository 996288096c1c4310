using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.TorchTests.Attribution;
using CircuitPipeline.Verify;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Snapshots;

using static CircuitPipeline.Verify.CircuitVerifier;

/// <summary>The circuit of a model of fixed weights, in float64: the same edges on every processor.</summary>
public sealed class CircuitOfFixedWeights
{
    // Edges that cannot matter are 0 up to rounding, and other scores may be rounded at a fourth digit's half.
    private static readonly SnapshotTolerance Rounding = new() { Absolute = 1e-9, Relative = 1e-3 };
    private static readonly EdgeScores Scores = Attribute();

    [Fact]
    public async Task Is_the_accepted_one() => await VerifyCircuit(new TopN(20).Select(Scores).Prune());

    [Fact]
    public async Task Comes_from_the_accepted_scores() => await VerifyScores(Scores, Rounding);

    private static EdgeScores Attribute()
    {
        using Transformer model = TinyModel.Create();
        Fix(model);
        EapIgInputs method = new(steps: 5, Quadrature.Left, batch: 6, TimeProvider.System);
        return method.Attribute(model, TinyPairs.Create(), Metrics.LogitDifference);
    }

    // Whole 64ths from the project's own generator, since the engine's draws may differ between processors.
    private static void Fix(Transformer model)
    {
        SeededRandom random = new(11);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (TorchSharp.Modules.Parameter parameter in model.parameters())
        {
            double[] values =
            [
                .. Enumerable.Range(0, (int)parameter.numel()).Select(_ => random.Between(-48, 48) / 64.0),
            ];
            parameter.copy_(tensor(values, parameter.shape));
        }
    }
}
