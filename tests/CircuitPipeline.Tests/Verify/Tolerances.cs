using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Tests.VerifyXunitPackage;
using CircuitPipeline.Verify;
using Xunit;

namespace CircuitPipeline.Tests.Snapshots;

using static CircuitPipeline.Verify.CircuitVerifier;

/// <summary>What a stated tolerance lets pass, and what it does not.</summary>
public sealed class Tolerances : IDisposable
{
    private static readonly SnapshotTolerance Tenth = new() { Absolute = 0.01, Relative = 0.1 };
    private static readonly SnapshotTolerance TenthAndFlips = Tenth with { EdgeFlips = 2 };
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Are_said_in_the_text()
    {
        string text = await _folder.Text(VerifyCircuit(HandMade.Before, TenthAndFlips));

        Assert.Contains(
            "\ntolerance: scores by 0.01 or 10 %, whichever is more; 2 edges at the boundary may flip\n",
            text
        );
    }

    [Theory]
    [InlineData("m0->m1", 1.25, 1.36)] // 10 % of 1.25 is 0.125
    [InlineData("m0->m1", 1.25, 1.14)]
    [InlineData("a0.h0->m0", 0.123456, 0.134)]
    [InlineData("input->m0", -0.5, -0.54)]
    public async Task Let_a_score_pass_that_is_close(string edge, double was, double has)
    {
        Assert.Equal(was, HandMade.Before.Scores![Edge.Parse(edge)]);
        string accepted = await _folder.Text(VerifyCircuit(HandMade.Before, Tenth));

        await _folder.Success(VerifyCircuit(HandMade.With(HandMade.Before, (edge, has)), Tenth));

        Assert.Equal(accepted, _folder.Read("Snapshot.verified.txt"));
    }

    [Theory]
    [InlineData("m0->m1", 1.38)]
    [InlineData("input->m0", 0.5)]
    public async Task Stop_a_score_that_is_not(string edge, double has)
    {
        await _folder.Text(VerifyCircuit(HandMade.Before, Tenth));

        string message = await _folder.Failure(VerifyCircuit(HandMade.With(HandMade.Before, (edge, has)), Tenth));

        Assert.Contains("0 edges left, 0 joined; largest change " + edge, message);
        Assert.Contains("\n1 score differs by more than allowed.\n", message);
    }

    [Fact]
    public async Task Let_edges_flip_at_the_boundary()
    {
        await _folder.Text(VerifyCircuit(HandMade.Before, TenthAndFlips));

        // The smallest score is 0.1235, of the edge that leaves; 0.13 is as close to it as 10 % of it allows.
        Circuit flipped = HandMade.With(
            HandMade.Without(HandMade.Before, "a0.h0->m0"),
            ("m1->logits", 0.41),
            ("a1.h1->logits", -0.13)
        );

        await _folder.Success(VerifyCircuit(flipped, TenthAndFlips));
    }

    [Fact]
    public async Task Stop_more_flips_than_are_allowed()
    {
        SnapshotTolerance one = Tenth with { EdgeFlips = 1 };
        await _folder.Text(VerifyCircuit(HandMade.Before, one));

        Circuit flipped = HandMade.With(HandMade.Without(HandMade.Before, "a0.h0->m0"), ("a1.h1->logits", -0.13));
        string message = await _folder.Failure(VerifyCircuit(flipped, one));

        Assert.Contains(
            "1 edge left, 1 joined; no number of a shared edge changed\n2 edges flipped, but 1 may.\n",
            message
        );
    }

    [Fact]
    public async Task Stop_a_flip_far_from_the_boundary()
    {
        await _folder.Text(VerifyCircuit(HandMade.Before, TenthAndFlips));

        Circuit flipped = HandMade.Without(HandMade.Before, "m0->m1");
        string message = await _folder.Failure(VerifyCircuit(flipped, TenthAndFlips));

        Assert.Contains("\nm0->m1 flipped away from the boundary.\n", message);
    }

    [Fact]
    public async Task Do_not_cover_how_a_circuit_was_found()
    {
        await _folder.Text(VerifyCircuit(HandMade.Before, TenthAndFlips));

        Circuit other = new(
            HandMade.Graph,
            HandMade.Before.EdgeIndices,
            new SelectionOrigin("top-n", 6, Signed: false),
            HandMade.Before.Scores
        );
        string message = await _folder.Failure(VerifyCircuit(other, TenthAndFlips));

        Assert.Contains(
            "\nIt was made in another way.\nselection: 'by hand, 0 edges asked, by absolute score' became",
            message
        );
    }

    [Fact]
    public async Task Are_accepted_anew_when_they_change()
    {
        await _folder.Text(VerifyCircuit(HandMade.Before, Tenth));

        string message = await _folder.Failure(VerifyCircuit(HandMade.Before, TenthAndFlips));

        Assert.Contains(
            "tolerance: 'scores by 0.01 or 10 %, whichever is more; 0 edges at the boundary may flip' became",
            message
        );
    }

    [Fact]
    public async Task Hold_for_diffs_too()
    {
        await _folder.Text(VerifyDiff(CircuitDiff.Between(HandMade.Before, HandMade.After), Tenth));

        Circuit close = HandMade.With(HandMade.After, ("m1->logits", 0.125));
        await _folder.Success(VerifyDiff(CircuitDiff.Between(HandMade.Before, close), Tenth));

        Circuit far = HandMade.With(HandMade.After, ("m1->logits", 0.2));
        string message = await _folder.Failure(VerifyDiff(CircuitDiff.Between(HandMade.Before, far), Tenth));
        Assert.Contains("0 edges left, 0 joined; largest change m1->logits after 0.12 -> 0.2\n", message);
    }

    [Fact]
    public async Task Hold_for_scores_too()
    {
        EdgeScores scores = HandMade.Before.Scores!;
        int edge = HandMade.Graph.EdgeIndex(Edge.Parse("m0->m1"))!.Value;
        await _folder.Text(VerifyScores(scores, Tenth));

        await _folder.Success(VerifyScores(new(scores.Graph, scores.Values.SetItem(edge, 1.3), scores.Origin), Tenth));

        await _folder.Failure(VerifyScores(new(scores.Graph, scores.Values.SetItem(edge, 1.4), scores.Origin), Tenth));
    }

    [Theory]
    [InlineData(-0.1, 0, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, 1.5, 0)]
    [InlineData(0, double.PositiveInfinity, 0)]
    [InlineData(0, 0, -1)]
    public void Must_make_sense(double absolute, double relative, int flips) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new SnapshotTolerance
            {
                Absolute = absolute,
                Relative = relative,
                EdgeFlips = flips,
            }
        );
}
