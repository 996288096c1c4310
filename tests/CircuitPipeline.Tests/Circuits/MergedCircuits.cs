using CircuitPipeline.Circuits;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class MergedCircuits
{
    private static readonly Circuit First = Made.Circuit(Made.OneHead, ("input->m0", 4), ("m0->logits", -1));
    private static readonly Circuit Second = Made.Circuit(Made.OneHead, ("input->m0", 2), ("input->logits", -2));

    [Fact]
    public void Have_the_edges_of_either_and_the_mean_score_where_both_have_one()
    {
        var union = UnionCircuit.Of(First, Second);

        Assert.Equal(["input->m0", "input->logits", "m0->logits"], Made.Names(union.Edges));
        Assert.Equal([3, -2, -1], union.EdgeIndices.Select(edge => union.Scores!.Values[edge]));
        Assert.Equal(["input", "m0", "logits"], Made.Names(union.Nodes));
    }

    [Fact]
    public void Are_cut_to_the_strongest_edges_and_lose_nodes_without_any()
    {
        var union = UnionCircuit.Of(First, Second, edges: 1);

        Assert.Equal(["input->m0"], Made.Names(union.Edges));
        Assert.Equal(["input", "m0"], Made.Names(union.Nodes));
        Assert.Equal(new SelectionOrigin("union", 1, Signed: false), union.Selection);
    }

    [Fact]
    public void Say_what_they_were_merged_from()
    {
        var origin = UnionCircuit.Of(First, Second).Scores!.Origin;

        Assert.Equal(("eap-ig-inputs", 5, 1_000), (origin.Method, origin.Steps, origin.Examples));
        Assert.Equal("union of mean: the mean where both have an edge", origin.Aggregation);
    }

    [Fact]
    public void Of_fewer_edges_than_asked_for_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => UnionCircuit.Of(First, Second, edges: 4));

        Assert.Equal(
            "The number of edges is '4', but the union of both circuits has 3 edges: choose 1 to 3.",
            error.Message
        );
    }

    [Fact]
    public void Without_scores_are_refused() =>
        Assert.StartsWith(
            "The circuit has no scores, but a union merges circuits by their scores.",
            Assert
                .Throws<ArgumentException>(() => UnionCircuit.Of(First, new Circuit(Made.OneHead, [0], Made.ByHand)))
                .Message
        );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Have_as_many_edges_as_the_diff_counts_in_either_order(int seed)
    {
        var graph = Made.Graph(seed);
        var (one, two) = (Made.Circuit(graph, seed), Made.Circuit(graph, seed + 9));
        var edges = CircuitDiff.Between(one, two).Edges;

        var (union, swapped) = (UnionCircuit.Of(one, two), UnionCircuit.Of(two, one));

        Assert.Equal(edges.Flips + edges.Shared.Length, union.EdgeCount);
        Assert.Equal(union.EdgeIndices.ToArray(), swapped.EdgeIndices.ToArray());
        Assert.Equal(union.Scores!.Values.ToArray(), swapped.Scores!.Values.ToArray());
    }
}
