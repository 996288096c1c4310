using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class DiffOfCircuits
{
    // Two blocks of one head. Scores before add up to 10 and after to 20 (absolute values).
    private static readonly ComputationGraph Graph = new(2, 1, parallelBlocks: true);

    private static readonly CircuitDiff ByHand = CircuitDiff.Between(
        Made.Circuit(Graph, ("input->a0.h0<q>", 4), ("a0.h0->m1", 3), ("m1->logits", -3)),
        Made.Circuit(Graph, ("input->a0.h0<q>", 6), ("a0.h0->logits", -10), ("input->m0", 2), ("m0->logits", 2))
    );
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Fact]
    public void Names_what_was_added_removed_and_kept()
    {
        Assert.Equal(["input->m0", "a0.h0->logits", "m0->logits"], Made.Names(ByHand.Edges.Added));
        Assert.Equal(["a0.h0->m1", "m1->logits"], Made.Names(ByHand.Edges.Removed));
        Assert.Equal(["input->a0.h0<q>"], Made.Names(ByHand.Edges.Shared));
        Assert.Equal(["m0"], Made.Names(ByHand.Nodes.Added));
        Assert.Equal(["m1"], Made.Names(ByHand.Nodes.Removed));
        Assert.Equal(["input", "a0.h0", "logits"], Made.Names(ByHand.Nodes.Shared));
    }

    [Fact]
    public void Gives_overlap_and_change_as_shares()
    {
        Assert.Equal((1 / 6.0, 5 / 3.0), (ByHand.Edges.Jaccard, ByHand.Edges.ChangeRate));
        Assert.Equal((3 / 5.0, 2 / 4.0), (ByHand.Nodes.Jaccard, ByHand.Nodes.ChangeRate));
    }

    [Fact]
    public void Tells_edge_changes_that_follow_from_node_changes() =>
        // m0 came with two edges and m1 went with two; only a0.h0->logits changed between nodes that stayed.
        Assert.Equal(4, ByHand.EdgeChangesByNodes);

    [Fact]
    public void Counts_each_layer() =>
        Assert.Equal(
            [(1, 0, 2, 3, 1, 1), (0, 1, 1, 0, 1, 0)],
            ByHand.Layers.Select(layer =>
                (
                    layer.NodesAdded,
                    layer.NodesRemoved,
                    layer.NodesShared,
                    layer.EdgesAdded,
                    layer.EdgesRemoved,
                    layer.EdgesShared
                )
            )
        );

    [Fact]
    public void Sums_the_score_changes_of_each_layer() =>
        // |6-4| + 3 + 10 + 2 + 2 = 19 start in layer 0, 2 + 2 of them at the input, and |-3| in layer 1.
        // |6-4| + 2 = 4 end in layer 0; a0.h0->m1 3, m1->logits 3, a0.h0->logits 10, m0->logits 2 end in the last.
        // Normalised: |.3-.4| + .3 + .5 + .1 + .1 = 1.1 and .3.
        Assert.Equal(
            [(19, 15, 4, 1.1), (3, 3, 18, 0.3)],
            ByHand.Layers.Select(layer =>
                (
                    layer.Scores!.BySource,
                    layer.Scores.BySourceWithoutInput,
                    layer.Scores.ByDestination,
                    Math.Round(layer.Scores.NormalisedBySource, 12)
                )
            )
        );

    [Fact]
    public void Of_a_circuit_with_itself_is_nothing()
    {
        CircuitDiff diff = CircuitDiff.Between(ByHand.Before, ByHand.Before);

        Assert.Equal(
            (0, 1.0, 0.0, 0),
            (diff.Edges.Flips, diff.Edges.Jaccard, diff.Edges.ChangeRate, diff.EdgeChangesByNodes)
        );
        Assert.All(diff.Layers, layer => Assert.Equal(new LayerScoreChange(0, 0, 0, 0), layer.Scores));
    }

    [Fact]
    public void From_nothing_has_no_rate()
    {
        Circuit nothing = new(Graph, [], Made.ByHand);

        Assert.Null(CircuitDiff.Between(nothing, ByHand.After).Edges.ChangeRate);
        Assert.Null(CircuitDiff.Between(nothing, nothing).Edges.Jaccard);
        Assert.All(CircuitDiff.Between(nothing, ByHand.After).Layers, layer => Assert.Null(layer.Scores));
    }

    [Fact]
    public void Of_different_models_is_refused()
    {
        Circuit other = new(new ComputationGraph(2, 1, parallelBlocks: false), [], Made.ByHand);

        ArgumentException error = Assert.Throws<ArgumentException>(() => CircuitDiff.Between(ByHand.Before, other));

        Assert.Equal(
            "One circuit belongs to a graph of 2 layers of 1 heads in parallel blocks, but the other to one of 2 layers of 1 heads in sequential blocks.",
            error.Message
        );
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Backwards_swaps_added_and_removed_and_nothing_else(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        (Circuit? one, Circuit? two) = (Made.Circuit(graph, seed), Made.Circuit(graph, seed + 100));

        (CircuitDiff? there, CircuitDiff? back) = (CircuitDiff.Between(one, two), CircuitDiff.Between(two, one));

        Assert.Equal(there.Edges.Added.ToArray(), back.Edges.Removed.ToArray());
        Assert.Equal(there.Nodes.Removed.ToArray(), back.Nodes.Added.ToArray());
        Assert.Equal(there.Edges.Shared.ToArray(), back.Edges.Shared.ToArray());
        Assert.Equal((there.Edges.Jaccard, there.Nodes.Jaccard), (back.Edges.Jaccard, back.Nodes.Jaccard));
        Assert.Equal(there.Layers.Select(layer => layer.Scores), back.Layers.Select(layer => layer.Scores));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Counts_add_up(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        CircuitDiff diff = CircuitDiff.Between(Made.Circuit(graph, seed), Made.Circuit(graph, seed + 100));

        Assert.Equal((diff.Before.EdgeCount, diff.After.EdgeCount), (diff.Edges.Before, diff.Edges.After));
        Assert.Equal((diff.Before.NodeCount, diff.After.NodeCount), (diff.Nodes.Before, diff.Nodes.After));
        Assert.Equal(diff.Edges.Flips, diff.Layers.Sum(layer => layer.Flips));
        Assert.Equal(diff.Edges.Shared.Length, diff.Layers.Sum(layer => layer.EdgesShared));
        Assert.InRange(diff.EdgeChangesByNodes, 0, diff.Edges.Flips);
    }
}
