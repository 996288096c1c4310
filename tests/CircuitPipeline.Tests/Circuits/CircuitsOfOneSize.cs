using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>Intersections, complements, and circuits that are cut to one number of edges before they are compared.</summary>
public sealed class CircuitsOfOneSize
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Are_cut_after_their_inputs_are_collapsed(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        (Circuit one, Circuit two) = (Made.Circuit(graph, seed), Made.Circuit(graph, seed + 50));
        (Circuit first, Circuit second) = (one.Collapse(), two.Collapse());
        int edges = Math.Min(first.EdgeCount, second.EdgeCount);

        CircuitDiff diff = EqualSizes.Between(one, two);

        Assert.Equal((edges, edges), (diff.Edges.Before, diff.Edges.After));
        Assert.Equal(Strongest(first, edges), diff.Before.EdgeIndices.ToHashSet());
        Assert.Equal(Strongest(second, edges), diff.After.EdgeIndices.ToHashSet());
        Assert.Equal(edges / 2, EqualSizes.Between(one, two, edges / 2).Edges.Before);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Intersect_in_what_union_and_circuits_leave(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        (Circuit one, Circuit two) = (Made.Circuit(graph, seed), Made.Circuit(graph, seed + 50));

        Circuit both = IntersectionCircuit.Of(one, two);
        Circuit either = UnionCircuit.Of(one, two);

        Assert.Equal(one.EdgeCount + two.EdgeCount, both.EdgeCount + either.EdgeCount);
        Assert.Equal(one.EdgeIndices.Intersect(two.EdgeIndices).ToHashSet(), both.EdgeIndices.ToHashSet());
        Assert.All(
            Enumerable.Range(0, graph.EdgeCount),
            edge => Assert.Equal(both.Contains(edge) ? either.Scores!.Values[edge] : 0, both.Scores!.Values[edge])
        );
        Assert.Equal(one.EdgeIndices.ToArray(), IntersectionCircuit.Of(one, one).EdgeIndices.ToArray());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void And_their_complements_share_out_the_graph(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        Circuit circuit = Made.Circuit(graph, seed);

        Circuit complement = circuit.Complement();

        Assert.Equal(Enumerable.Range(0, graph.EdgeCount), circuit.EdgeIndices.Concat(complement.EdgeIndices).Order());
        Assert.Equal(circuit.EdgeIndices.ToArray(), complement.Complement().EdgeIndices.ToArray());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Agree_wholly_with_themselves(int seed)
    {
        Circuit circuit = Made.Circuit(Made.Graph(seed), seed);

        CircuitOverlap overlap = CircuitOverlap.Of(circuit, circuit);

        double? expected = circuit.EdgeCount == 0 ? null : 1;
        Assert.Equal(new CircuitOverlap(expected, expected, expected), overlap);
    }

    [Fact]
    public void Without_scores_have_no_strongest_edges() =>
        Assert.Throws<ArgumentException>(() => new Circuit(Made.OneHead, [0], Made.ByHand).Strongest(1));

    [ReferenceTheory]
    [InlineData(100, 42)]
    [InlineData(1_000, 379)]
    [InlineData(8_000, 3_948)]
    public void Of_the_paper_share_what_was_counted_and_more_than_chance(int edges, int shared)
    {
        CircuitDiff diff = EqualSizes.Between(PaperFile.UnionOfBases, PaperFile.Base, edges);

        Assert.Equal(shared, diff.Edges.Shared.Length);
        ChanceOverlap chance = new(diff.Before.Graph.EdgeCount, edges, edges);
        Assert.True(shared > chance.Shared + 5 * chance.Deviation, $"{shared}, by chance {chance.Shared}");
    }

    private static HashSet<int> Strongest(Circuit circuit, int edges) =>
        [
            .. circuit
                .EdgeIndices.OrderByDescending(edge => Math.Abs(circuit.Scores!.Values[edge]))
                .ThenBy(edge => edge)
                .Take(edges),
        ];
}
