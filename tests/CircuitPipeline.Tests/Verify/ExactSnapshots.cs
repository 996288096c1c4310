using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Tests.Circuits;
using Xunit;

namespace CircuitPipeline.Tests.Snapshots;

using static CircuitPipeline.Verify.CircuitVerifier;

/// <summary>Values of fixed numbers, whose snapshots lie beside this file.</summary>
public sealed class ExactSnapshots
{
    [Fact]
    public async Task Of_a_circuit() => await VerifyCircuit(HandMade.Before);

    [Fact]
    public async Task Of_a_pruned_circuit() =>
        await VerifyCircuit(HandMade.With(HandMade.Before, ("input->a1.h0<k>", 3)).Prune());

    [Fact]
    public async Task Of_a_circuit_without_scores() =>
        await VerifyCircuit(new Circuit(HandMade.Graph, HandMade.Before.EdgeIndices, SelectionOrigin.Unknown(6)));

    [Fact]
    public async Task Of_an_empty_circuit() => await VerifyCircuit(Made.Circuit(HandMade.Graph, Array.Empty<string>()));

    [Fact]
    public async Task Of_the_scores_of_all_edges() => await VerifyScores(Made.Scores(Made.OneHead, seed: 5));

    [Fact]
    public async Task Of_a_diff() => await VerifyDiff(CircuitDiff.Between(HandMade.Before, HandMade.After));

    [Fact]
    public async Task Of_a_plan() => await VerifyPlan(HandMade.Plan());

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task Take_the_settings_of_verify(string side) =>
        await VerifyCircuit(side == "before" ? HandMade.Before : HandMade.After).UseParameters(side);
}
