using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class CollapsedGraph
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Has_the_edges_of_the_graph_without_their_inputs(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);

        ComputationGraph collapsed = graph.Collapse();

        Assert.Equal(
            graph.Edges.Select(WithoutInput).Distinct().Order(),
            collapsed.Edges.Select(edge => edge.Name).Order()
        );
        Assert.Equal(
            ComputationGraph.CountEdges(graph.NLayers, graph.NHeads, graph.ParallelBlocks, collapsed: true),
            collapsed.EdgeCount
        );
        Assert.Equal(graph.Nodes.ToArray(), collapsed.Nodes.ToArray());
        Assert.Same(collapsed, collapsed.Collapse());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Finds_every_edge_at_its_index(int seed)
    {
        ComputationGraph graph = Made.Graph(seed).Collapse();

        Assert.All(graph.Edges, (edge, index) => Assert.Equal(index, graph.EdgeIndex(Edge.Parse(edge.Name))));
        Assert.All(
            Enumerable.Range(0, graph.DestinationCount),
            i => Assert.Equal(i, graph.DestinationIndex(graph.DestinationAt(i).Node, graph.DestinationAt(i).Input))
        );
        Assert.False(graph.Contains(Edge.Parse("input->a0.h0<q>")));
        Assert.False(Made.Graph(seed).Contains(Edge.Parse("input->a0.h0")));
    }

    [Fact]
    public void Adds_up_the_scores_of_the_inputs()
    {
        // By edge index: input-> a0.h0<q>, <k>, <v>, m0, logits; a0.h0-> m0, logits; m0-> logits.
        EdgeScores scores = new EdgeScores(Made.OneHead, [3, -5, 1, -2, 0, 1, 4, 2], Made.Origin).Collapse();

        Assert.Equal([-1, -2, 0, 1, 4, 2], scores.Values.ToArray());
        Assert.Equal("mean, q/k/v summed", scores.Origin.Aggregation);
        Assert.Same(scores, scores.Collapse());
    }

    [Fact]
    public void Has_an_edge_of_a_circuit_by_any_input_and_adds_up_those_that_are_in()
    {
        EdgeScores scores = new(Made.OneHead, [3, -5, 1, -2, 0, 1, 4, 2], Made.Origin);

        Circuit circuit = new Circuit(Made.OneHead, [0, 2, 7], Made.ByHand, scores).Collapse();

        Assert.Equal(["input->a0.h0", "m0->logits"], Made.Names(circuit.Edges));
        Assert.Equal([4, 0, 0, 0, 0, 2], circuit.Scores!.Values.ToArray());
        Assert.Equal(Made.ByHand, circuit.Selection);
        Assert.Null(new Circuit(Made.OneHead, [0, 2], Made.ByHand).Collapse().Scores);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_a_circuit_is_what_adding_up_by_name_gives(int seed)
    {
        Circuit circuit = Made.Circuit(Made.Graph(seed), seed);

        Circuit collapsed = circuit.Collapse();

        Assert.Equal(
            circuit
                .Edges.GroupBy(WithoutInput, edge => circuit.Scores![edge])
                .ToDictionary(edge => edge.Key, edge => Math.Round(edge.Sum(), 12)),
            collapsed.Edges.ToDictionary(edge => edge.Name, edge => Math.Round(collapsed.Scores![edge], 12))
        );
        Assert.Equal(circuit.Nodes.ToArray(), collapsed.Nodes.ToArray());
        Assert.Same(collapsed, collapsed.Collapse());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Is_pruned_to_what_pruning_first_leaves(int seed)
    {
        Circuit circuit = Made.Circuit(Made.Graph(seed), seed);

        Assert.Equal(
            circuit.Prune().Collapse().EdgeIndices.ToArray(),
            circuit.Collapse().Prune().EdgeIndices.ToArray()
        );
    }

    [Fact]
    public void Does_not_mix_with_one_that_is_not_collapsed()
    {
        Circuit circuit = Made.Circuit(Made.OneHead, "input->m0");
        const string Sentence =
            "One circuit belongs to a graph of 1 layers of 1 heads in sequential blocks, but the other to one of "
            + "1 layers of 1 heads in sequential blocks with q, k and v collapsed; collapse both to compare or merge them.";

        Assert.Equal(
            Sentence,
            Assert.Throws<ArgumentException>(() => CircuitDiff.Between(circuit, circuit.Collapse())).Message
        );
        Assert.Equal(
            Sentence,
            Assert.Throws<ArgumentException>(() => UnionCircuit.Of(circuit, circuit.Collapse())).Message
        );
    }

    private static string WithoutInput(Edge edge) => edge.Name.Split('<')[0];
}
