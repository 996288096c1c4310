using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;
using CircuitPipeline.Tests.Circuits;
using CircuitPipeline.Tests.VerifyXunitPackage;
using Xunit;

namespace CircuitPipeline.Tests.Snapshots;

using static CircuitPipeline.Verify.CircuitVerifier;

/// <summary>What a person reads when a snapshot is not the accepted one.</summary>
public sealed class FailureMessages : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Count_the_edges_that_left_and_joined_and_name_the_largest_change()
    {
        await _folder.Text(VerifyCircuit(HandMade.Before));

        string words = Words(await _folder.Failure(VerifyCircuit(HandMade.After)));

        Assert.Equal(
            """
            1 edge left, 2 joined; largest change m1->logits 0.41 -> 0.12
            left: m0->logits
            joined: input->a1.h1<v>, a1.h1->logits
            edges: '6 of 46' became '7 of 46'
            nodes: '5 of 8' became '6 of 8'
            """,
            words
        );
    }

    [Fact]
    public async Task Name_a_few_of_many_edges()
    {
        await _folder.Text(VerifyCircuit(Made.Circuit(HandMade.Graph, "m1->logits")));

        string words = Words(
            await _folder.Failure(VerifyCircuit(new Circuit(HandMade.Graph, Enumerable.Range(0, 46), Made.ByHand)))
        );

        Assert.StartsWith("0 edges left, 45 joined; largest change m1->logits 1 -> none\njoined: ", words);
        Assert.Contains("input->a0.h0<q>, input->a0.h1<q>, ", words);
        Assert.Contains(" and 37 more\n", words);
    }

    [Fact]
    public async Task Say_that_a_circuit_was_found_in_another_way()
    {
        EdgeScores scores = HandMade.Before.Scores!;
        await _folder.Text(VerifyCircuit(HandMade.Before));

        EdgeScores others = new(scores.Graph, scores.Values, Made.Origin with { Steps = 10 });
        string words = Words(
            await _folder.Failure(
                VerifyCircuit(new Circuit(HandMade.Graph, HandMade.Before.EdgeIndices, Made.ByHand, others))
            )
        );

        Assert.Equal(
            """
            0 edges left, 0 joined; no number of a shared edge changed
            method: 'eap-ig-inputs, 5 steps, left, patching' became 'eap-ig-inputs, 10 steps, left, patching'
            """,
            words
        );
    }

    [Fact]
    public async Task Of_scores_name_the_largest_change()
    {
        EdgeScores scores = Made.Scores(Made.OneHead, seed: 5);
        await _folder.Text(VerifyScores(scores));

        EdgeScores others = new(scores.Graph, scores.Values.SetItem(3, 0.75).SetItem(2, 0.125), scores.Origin);
        string words = Words(await _folder.Failure(VerifyScores(others)));

        Assert.Matches("^0 edges left, 0 joined; largest change [^ ]+ -?0[.][0-9]+ -> 0.(75|125)$", words);
    }

    [Fact]
    public async Task Of_a_diff_say_which_edge_changed_sides()
    {
        await _folder.Text(VerifyDiff(CircuitDiff.Between(HandMade.Before, HandMade.After)));

        Circuit other = HandMade.With(HandMade.After, ("m0->logits", 0.3));
        string words = Words(await _folder.Failure(VerifyDiff(CircuitDiff.Between(HandMade.Before, other))));

        Assert.StartsWith(
            """
            1 edge left, 1 joined; no number of a shared edge changed
            left: - m0->logits
            joined: = m0->logits
            edges: '6 before, 7 after: 2 joined, 1 left, 5 stayed, Jaccard 0.625' became '6 before, 8 after: 2 joined, 0 left, 6 stayed, Jaccard 0.75'
            """,
            words
        );
    }

    [Fact]
    public async Task Of_a_plan_name_the_layers()
    {
        RankPlan plan = HandMade.Plan();
        await _folder.Text(VerifyPlan(plan));

        string words = Words(
            await _folder.Failure(VerifyPlan(HandMade.Plan(8, 4) with { TrainableParameters = 26_000 }))
        );

        Assert.Equal(
            """
            0 layers left, 0 joined; largest change layer 0 9 -> 8
            trainable parameters: '24,576' became '26,000'
            """,
            words
        );
    }

    [Theory]
    [InlineData("m1->logits: 0.41", "m1->logits 0.41", "line 16 is 'm1->logits 0.41' where an edge")]
    [InlineData("m1->logits: 0.41", "m1->logits: NaN", "line 16 is 'm1->logits: NaN' where an edge")]
    [InlineData("m1->logits: 0.41", "m0->m1: 0.41", "'m0->m1' is there twice")]
    [InlineData("edges: 6 of 46", "edges 6 of 46", "line 2 is 'edges 6 of 46' where a fact")]
    [InlineData("snapshot: ", "", "line 1 is 'circuit of ")]
    public async Task Of_a_damaged_file_say_where_and_compare_the_texts(string text, string damage, string problem)
    {
        _folder.Write(
            "Snapshot.verified.txt",
            (await _folder.Text(VerifyCircuit(HandMade.Before))).Replace(text, damage)
        );

        string words = Words(await _folder.Failure(VerifyCircuit(HandMade.Before)));

        Assert.StartsWith("The verified file is no snapshot: ", words);
        Assert.Contains(problem, words);
        Assert.Contains("; as texts they differ first in line ", words);
    }

    [Theory]
    [InlineData(
        "m1->logits: 0.41",
        "m1->logits: 0.410",
        "line 16, which was 'm1->logits: 0.410' and is 'm1->logits: 0.41'."
    )]
    [InlineData("\nm1->logits: 0.41", "\nm1->logits: 0.4100\n", "is 'm1->logits: 0.41'.")]
    public async Task Say_where_texts_differ_that_mean_the_same(string text, string edited, string end)
    {
        _folder.Write(
            "Snapshot.verified.txt",
            (await _folder.Text(VerifyCircuit(HandMade.Before))).Replace(text, edited)
        );

        string words = Words(await _folder.Failure(VerifyCircuit(HandMade.Before)));

        Assert.StartsWith("No edge, number or fact differs, but the texts do: as texts they differ first in ", words);
        Assert.EndsWith(end, words);
    }

    private static string Words(string message)
    {
        const string Before = "Compare Result:\n";
        return message[(message.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].TrimEnd('\n');
    }
}
