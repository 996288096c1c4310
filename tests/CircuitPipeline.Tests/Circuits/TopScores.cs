using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class TopScores
{
    // By edge index: input-> a0.h0<q>, <k>, <v>, m0, logits; a0.h0-> m0, logits; m0-> logits.
    private static readonly EdgeScores Scores = new(Made.OneHead, [3, -5, 2, -2, 0, 1, 4, 2], Made.Origin);

    [Fact]
    public void Are_the_largest_by_absolute_value() =>
        Assert.Equal([0, 1, 6], new TopN(3).Select(Scores).EdgeIndices.ToArray());

    [Fact]
    public void Are_the_largest_with_their_sign_when_asked() =>
        Assert.Equal([0, 2, 6], new TopN(3, signed: true).Select(Scores).EdgeIndices.ToArray());

    [Fact]
    public void Of_equal_scores_the_earlier_edges_are_taken() =>
        Assert.Equal([0, 1, 2, 3, 6], new TopN(5).Select(Scores).EdgeIndices.ToArray());

    [Fact]
    public void Say_how_they_were_chosen()
    {
        Circuit circuit = new TopN(3, signed: true).Select(Scores);

        Assert.Equal(new SelectionOrigin("top-n", 3, Signed: true), circuit.Selection);
        Assert.Same(Scores, circuit.Scores);
    }

    [Fact]
    public void Are_nested()
    {
        EdgeScores scores = Made.Scores(new ComputationGraph(3, 2, parallelBlocks: true), 1);

        for (int edges = 1; edges < scores.Graph.EdgeCount; edges++)
        {
            (Circuit? fewer, Circuit? more) = (new TopN(edges).Select(scores), new TopN(edges + 1).Select(scores));
            Assert.Equal(edges, fewer.EdgeCount);
            Assert.True(fewer.EdgeIndices.ToHashSet().IsProperSubsetOf(more.EdgeIndices));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Of_more_edges_than_there_are_is_refused_with_their_number(int edges)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new TopN(edges).Select(Scores));

        Assert.Equal($"The number of edges is '{edges}', but the graph has 8 edges: choose 1 to 8.", error.Message);
    }

    [Theory]
    [InlineData("Pythia-1.4B, as in the paper", 24, 16, 5, 11_574)]
    [InlineData("the tiny study", 6, 4, 5, 54)]
    [InlineData("the tiny study", 6, 4, 20, 216)]
    [InlineData("the tiny study", 6, 4, 100, 1_084)]
    [InlineData("never none", 1, 1, 0.001, 1)]
    public void In_percent_are_rounded_down(string model, int layers, int heads, double percent, int edges)
    {
        Assert.NotEmpty(model);
        Assert.Equal(edges, TopN.EdgesOf(new ComputationGraph(layers, heads, parallelBlocks: true), percent));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100.5)]
    [InlineData(double.NaN)]
    public void In_percent_beyond_the_graph_are_refused(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TopN.EdgesOf(Made.OneHead, percent));
}
