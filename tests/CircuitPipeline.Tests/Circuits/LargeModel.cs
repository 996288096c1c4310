using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>A graph of 1.6 million edges, the size of Llama-3-8B's, goes in seconds through everything that reads all of them.</summary>
public sealed class LargeModel
{
    [Slow]
    [Fact]
    public void Is_written_read_selected_compared_merged_and_collapsed()
    {
        ComputationGraph graph = new(32, 32, parallelBlocks: false, dModel: 4_096);
        EdgeScores scores = Made.Scores(graph, 1);
        int edges = TopN.EdgesOf(graph, 5);

        EdgeScores read = ScoresFile.Parse(ScoresFile.Write(scores), "s.json");
        (Circuit? top, Circuit? all) = (new TopN(edges).Select(read).Prune(), new Greedy(graph.EdgeCount).Select(read));
        CircuitDiff diff = CircuitDiff.Between(top, all);
        Circuit union = UnionCircuit.Of(top, all, edges);

        Assert.True(scores.Values.AsSpan().SequenceEqual(read.Values.AsSpan()));
        Assert.Equal((79_644, 1_592_881), (top.BeforePruning!.Value.Edges, all.EdgeCount));
        Assert.Equal((0, 1_592_881 - top.EdgeCount), (diff.Edges.Removed.Length, diff.Edges.Added.Length));
        Assert.Equal(new TopN(edges).Select(read).EdgeIndices.AsSpan(), union.EdgeIndices.AsSpan());
        Assert.Equal(all.Collapse().Graph.EdgeCount, all.Collapse().EdgeCount);
    }
}
