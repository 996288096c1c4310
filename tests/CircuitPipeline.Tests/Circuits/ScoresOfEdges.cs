using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class ScoresOfEdges
{
    private static readonly ComputationGraph Graph = Made.OneHead;

    [Fact]
    public void Are_found_by_edge()
    {
        EdgeScores scores = new(
            Graph,
            [.. Enumerable.Range(0, Graph.EdgeCount).Select(edge => (double)edge)],
            Made.Origin
        );

        Assert.All(Graph.Edges.Index(), edge => Assert.Equal(edge.Index, scores[edge.Item]));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void That_are_no_finite_number_are_refused_with_their_edge(double score, string shown)
    {
        double[] values = new double[Graph.EdgeCount];
        values[4] = score;

        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new EdgeScores(Graph, [.. values], Made.Origin)
        );

        Assert.StartsWith(
            $"The score of edge '{Graph.EdgeAt(4)}' is '{shown}', but only finite numbers are scores.",
            error.Message
        );
    }

    [Fact]
    public void Of_another_number_than_the_edges_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new EdgeScores(Graph, [1, 2], Made.Origin));

        Assert.StartsWith(
            "There are '2' scores, but the graph of 1 layers of 1 heads in sequential blocks has 8 edges.",
            error.Message
        );
    }

    [Fact]
    public void Of_an_edge_that_is_not_in_the_graph_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Made.Scores(Graph, 0)[Edge.Parse("m0->m1")]);

        Assert.StartsWith("The graph of 1 layers of 1 heads in sequential blocks has no edge 'm0->m1'.", error.Message);
    }
}
