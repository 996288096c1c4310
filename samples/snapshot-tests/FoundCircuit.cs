using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Verify;
using Xunit;

namespace SnapshotTests;

using static CircuitPipeline.Verify.CircuitVerifier;

public sealed class FoundCircuit
{
    private static readonly Circuit Circuit = CircuitFile.Read(Path.Combine(AppContext.BaseDirectory, "circuit.json"));

    [Fact]
    public async Task Is_the_accepted_one() => await VerifyCircuit(Circuit);

    // For models trained with fast numerics, whose last bits differ between processors.
    [Fact]
    public async Task Is_the_accepted_one_within_a_tolerance() =>
        await VerifyCircuit(Circuit, new SnapshotTolerance { Relative = 0.05, EdgeFlips = 2 });
}
