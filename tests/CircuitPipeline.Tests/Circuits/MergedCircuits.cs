using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class MergedCircuits
{
    private static readonly Circuit First = Made.Circuit(Made.OneHead, ("input->m0", 4), ("m0->logits", -1));
    private static readonly Circuit Second = Made.Circuit(Made.OneHead, ("input->m0", 2), ("input->logits", -2));
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Fact]
    public void Have_the_edges_of_either_and_the_mean_score_where_both_have_one()
    {
        Circuit union = UnionCircuit.Of(First, Second);

        Assert.Equal(["input->m0", "input->logits", "m0->logits"], Made.Names(union.Edges));
        Assert.Equal([3, -2, -1], union.EdgeIndices.Select(edge => union.Scores!.Values[edge]));
        Assert.Equal(["input", "m0", "logits"], Made.Names(union.Nodes));
    }

    [Fact]
    public void Are_cut_to_the_strongest_edges_and_lose_nodes_without_any()
    {
        Circuit union = UnionCircuit.Of(First, Second, edges: 1);

        Assert.Equal(["input->m0"], Made.Names(union.Edges));
        Assert.Equal(["input", "m0"], Made.Names(union.Nodes));
        Assert.Equal(new SelectionOrigin("union", 1, Signed: false), union.Selection);
    }

    [Fact]
    public void Say_what_they_were_merged_from()
    {
        ScoreOrigin origin = UnionCircuit.Of(First, Second).Scores!.Origin;

        Assert.Equal(("eap-ig-inputs", 5, 1_000), (origin.Method, origin.Steps, origin.Examples));
        Assert.Equal("union of mean: the mean where both have an edge", origin.Aggregation);
    }

    [Fact]
    public void Of_fewer_edges_than_asked_for_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => UnionCircuit.Of(First, Second, edges: 4));

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
        ComputationGraph graph = Made.Graph(seed);
        (Circuit? one, Circuit? two) = (Made.Circuit(graph, seed), Made.Circuit(graph, seed + 9));
        SetChange<Edge> edges = CircuitDiff.Between(one, two).Edges;

        (Circuit? union, Circuit? swapped) = (UnionCircuit.Of(one, two), UnionCircuit.Of(two, one));

        Assert.Equal(edges.Flips + edges.Shared.Length, union.EdgeCount);
        Assert.Equal(union.EdgeIndices.ToArray(), swapped.EdgeIndices.ToArray());
        Assert.Equal(union.Scores!.Values.ToArray(), swapped.Scores!.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Are_those_of_a_merge_edge_by_edge(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        (Circuit? one, Circuit? two) = (Made.Circuit(graph, seed), Made.Circuit(graph, seed + 50));
        int all = UnionCircuit.Of(one, two).EdgeCount;

        foreach (int edges in new[] { 1, (all + 1) / 2, all }.Where(edges => edges > 0 && edges <= all))
        {
            Circuit union = UnionCircuit.Of(one, two, edges);

            Assert.Equal(edges, union.EdgeCount);
            Assert.Equal(SlowUnion(one, two, edges), union.EdgeIndices.ToHashSet());
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_a_circuit_with_itself_are_that_circuit(int seed)
    {
        Circuit circuit = Made.Circuit(Made.Graph(seed), seed);

        Circuit union = UnionCircuit.Of(circuit, circuit);

        Assert.Equal(circuit.EdgeIndices.ToArray(), union.EdgeIndices.ToArray());
        Assert.Equal(circuit.Nodes.ToArray(), union.Nodes.ToArray());
        Assert.All(union.EdgeIndices, edge => Assert.Equal(circuit.Scores!.Values[edge], union.Scores!.Values[edge]));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Have_the_edges_that_merging_the_collapsed_circuits_has(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        (Circuit? one, Circuit? two) = (Made.Circuit(graph, seed), Made.Circuit(graph, seed + 50));

        Assert.Equal(
            UnionCircuit.Of(one, two).Collapse().EdgeIndices.ToArray(),
            UnionCircuit.Of(one.Collapse(), two.Collapse()).EdgeIndices.ToArray()
        );
    }

    // The slow truth: one dictionary entry per edge, taken out from the strongest down.
    internal static HashSet<int> SlowUnion(Circuit one, Circuit two, int edges)
    {
        Dictionary<int, List<double>> scores = [];
        foreach (Circuit? circuit in new[] { one, two })
        {
            foreach (Edge edge in circuit.Edges)
            {
                int index = circuit.Graph.EdgeIndex(edge)!.Value;
                scores.TryAdd(index, []);
                scores[index].Add(circuit.Scores![edge]);
            }
        }
        return
        [
            .. scores
                .Select(entry => (entry.Key, Score: entry.Value.Average()))
                .OrderByDescending(entry => Math.Abs(entry.Score))
                .ThenBy(entry => entry.Key)
                .Take(edges)
                .Select(entry => entry.Key),
        ];
    }
}
