using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class TopNodeScores
{
    // By edge index: input-> a0.h0<q>, <k>, <v>, m0, logits; a0.h0-> m0, logits; m0-> logits.
    private static readonly EdgeScores Scores = new(Made.OneHead, [3, -5, 2, -2, 0, 1, -1, 3], Made.Origin);
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Fact]
    public void Of_edges_are_the_absolute_scores_of_those_that_start_in_the_node() =>
        Assert.Equal([null, 2, 3, null], NodeScores.OfEdges(Scores).Values.ToArray());

    [Fact]
    public void Keep_every_edge_between_nodes_that_are_chosen_or_have_no_score()
    {
        Circuit circuit = new TopNodes(1).Select(Scores);

        Assert.Equal(["input->m0", "input->logits", "m0->logits"], Made.Names(circuit.Edges));
        Assert.Equal(new SelectionOrigin("top-nodes", 3, Signed: false) { NodesAsked = 1 }, circuit.Selection);
        Assert.Equal(circuit.Selection, CircuitFile.Parse(CircuitFile.Write(circuit), "c.json").Selection);
    }

    [Fact]
    public void May_be_given_and_signed()
    {
        NodeScores given = new(Made.OneHead, [1, -9, 2, null]);

        // Without the input, which has a score here and the smallest, nothing is reached.
        Assert.Equal(
            ["a0.h0->m0", "a0.h0->logits", "m0->logits"],
            Made.Names(new TopNodes(2, given: given).Select(Scores).Edges)
        );
        Assert.Empty(new TopNodes(2, given: given).Select(Scores).Prune().Edges);
        Assert.Equal(["input", "m0", "logits"], Made.Names(new TopNodes(2, signed: true, given).Select(Scores).Nodes));
    }

    [Fact]
    public void Of_more_nodes_than_have_one_are_refused() =>
        Assert.Equal(
            "The number of nodes with a score is '3', but the graph has 2 nodes with a score: choose 1 to 2.",
            Assert.Throws<ArgumentException>(() => new TopNodes(3).Select(Scores)).Message
        );

    [Fact]
    public void Of_another_graph_are_refused() =>
        Assert.Equal(
            "The nodes' scores belong to a graph of 2 layers of 1 heads in parallel blocks, but the edges' to one of 1 layers of 1 heads in sequential blocks.",
            Assert
                .Throws<ArgumentException>(() =>
                    new TopNodes(1, given: NodeScores.OfEdges(Made.Scores(new ComputationGraph(2, 1, true), 1))).Select(
                        Scores
                    )
                )
                .Message
        );

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void That_are_no_finite_number_are_refused_with_their_node(double score, string shown) =>
        Assert.StartsWith(
            $"The score of node 'm0' is '{shown}', but only finite numbers are scores.",
            Assert.Throws<ArgumentException>(() => new NodeScores(Made.OneHead, [1, null, score, 2])).Message
        );

    [Fact]
    public void Of_another_number_than_the_nodes_are_refused() =>
        Assert.StartsWith(
            "There are '1' scores of nodes, but the graph of 1 layers of 1 heads in sequential blocks has 4 nodes.",
            Assert.Throws<ArgumentException>(() => new NodeScores(Made.OneHead, [1])).Message
        );

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Are_nested_and_end_with_the_whole_graph(int seed)
    {
        EdgeScores scores = Made.Scores(Made.Graph(seed), seed);
        int components = scores.Graph.Nodes.Length - 2;

        HashSet<int>[] circuits =
        [
            .. Enumerable
                .Range(1, components)
                .Select(nodes => new TopNodes(nodes).Select(scores).EdgeIndices.ToHashSet()),
        ];

        Assert.All(circuits.Zip(circuits.Skip(1)), pair => Assert.ProperSuperset(pair.First, pair.Second));
        Assert.Equal(scores.Graph.EdgeCount, circuits[^1].Count);
    }
}
