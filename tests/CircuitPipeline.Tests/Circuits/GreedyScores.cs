using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class GreedyScores
{
    // By edge index: input-> a0.h0<q>, <k>, <v>, m0, logits; a0.h0-> m0, logits; m0-> logits.
    private static readonly EdgeScores Scores = new(Made.OneHead, [9, -5, 2, -8, 0, 1, -4, 2], Made.Origin);
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [InlineData(1, new[] { "a0.h0->logits" })]
    [InlineData(2, new[] { "input->a0.h0<q>", "a0.h0->logits" })]
    [InlineData(4, new[] { "input->a0.h0<q>", "input->a0.h0<k>", "input->a0.h0<v>", "a0.h0->logits" })]
    [InlineData(
        6,
        new[] { "input->a0.h0<q>", "input->a0.h0<k>", "input->a0.h0<v>", "input->m0", "a0.h0->logits", "m0->logits" }
    )]
    public void Grow_from_the_logits_by_the_largest_absolute_value(int edges, string[] names) =>
        Assert.Equal(names, Made.Names(new Greedy(edges).Select(Scores).Edges));

    [Fact]
    public void Grow_by_signed_value_when_asked() =>
        // m0->logits 2, then a0.h0->m0 1 is the largest into m0 or the logits, then input->a0.h0<q> 9.
        Assert.Equal(
            ["input->a0.h0<q>", "a0.h0->m0", "m0->logits"],
            Made.Names(new Greedy(3, signed: true).Select(Scores).Edges)
        );

    [Fact]
    public void Say_how_they_were_chosen()
    {
        Circuit circuit = new Greedy(3, signed: true).Select(Scores);

        Assert.Equal(new SelectionOrigin("greedy", 3, Signed: true), circuit.Selection);
        Assert.Same(Scores, circuit.Scores);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Of_more_edges_than_there_are_are_refused_with_their_number(int edges) =>
        Assert.Equal(
            $"The number of edges is '{edges}', but the graph has 8 edges: choose 1 to 8.",
            Assert.Throws<ArgumentException>(() => new Greedy(edges).Select(Scores)).Message
        );

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Are_those_of_a_search_through_all_edges_at_every_step(int seed)
    {
        ComputationGraph graph = seed % 5 == 0 ? Made.Graph(seed).Collapse() : Made.Graph(seed);
        Random random = new(seed);
        // Few values, so that many are equal.
        EdgeScores scores = new(graph, [.. graph.Edges.Select(_ => (double)random.Next(-4, 5))], Made.Origin);

        List<int> slow = Slow(scores, signed: seed % 2 == 0);

        for (int edges = 1; edges <= graph.EdgeCount; edges++)
        {
            Assert.Equal(slow.Take(edges).Order(), new Greedy(edges, signed: seed % 2 == 0).Select(scores).EdgeIndices);
        }
    }

    private static List<int> Slow(EdgeScores scores, bool signed)
    {
        HashSet<Node> isIn = [new LogitsNode()];
        List<int> chosen = [];
        while (chosen.Count < scores.Values.Length)
        {
            int best = Enumerable
                .Range(0, scores.Values.Length)
                .Where(edge => !chosen.Contains(edge) && isIn.Contains(scores.Graph.EdgeAt(edge).Destination))
                .OrderByDescending(edge => signed ? scores.Values[edge] : Math.Abs(scores.Values[edge]))
                .ThenBy(edge => edge)
                .First();
            chosen.Add(best);
            isIn.Add(scores.Graph.EdgeAt(best).Source);
        }
        return chosen;
    }
}
