using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Verify;
using Xunit;
using static CircuitPipeline.Verify.CircuitVerifier;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>The calls of docs/snapshots.md, on a circuit of fixed scores.</summary>
public sealed class DocumentedSnapshots
{
    [Fact]
    public async Task Verifies_exactly()
    {
        Circuit circuit = OfFixedScores();

        await VerifyCircuit(circuit);
    }

    [Fact]
    public async Task Verifies_within_a_tolerance()
    {
        Circuit circuit = OfFixedScores();

        await VerifyCircuit(circuit, new SnapshotTolerance { Relative = 0.05, EdgeFlips = 2 });
    }

    private static Circuit OfFixedScores()
    {
        ComputationGraph graph = new(nLayers: 1, nHeads: 1, parallelBlocks: false);
        return new TopN(4).Select(
            new EdgeScores(
                graph,
                [.. Enumerable.Range(0, graph.EdgeCount).Select(edge => Math.Pow(-0.5, edge))],
                ScoreOrigin.Unknown
            )
        );
    }
}
