using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

public sealed class PrunedCircuit
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Fact]
    public void Has_no_head_that_reads_nothing_or_that_nobody_reads()
    {
        ComputationGraph graph = new(2, 2, parallelBlocks: true);
        Circuit circuit = Made.Circuit(
            graph,
            "input->a0.h0<q>",
            "a0.h0->m1",
            "m1->logits",
            "a0.h1->m1",
            "input->m0",
            "m0->a1.h0<v>"
        );

        Circuit pruned = circuit.Prune();

        Assert.Equal(["input->a0.h0<q>", "a0.h0->m1", "m1->logits"], Made.Names(pruned.Edges));
        Assert.Equal(["input", "a0.h0", "m1", "logits"], Made.Names(pruned.Nodes));
    }

    [Fact]
    public void Remembers_the_size_of_the_selection()
    {
        Circuit circuit = Made.Circuit(Made.OneHead, "input->logits", "m0->logits");

        Circuit pruned = circuit.Prune();

        Assert.Null(circuit.BeforePruning);
        Assert.Equal(new CircuitSize(2, 3), pruned.BeforePruning);
        Assert.Equal(new CircuitSize(1, 2), pruned.Size);
        Assert.Equal(pruned.BeforePruning, pruned.Prune().BeforePruning);
    }

    [Fact]
    public void Is_empty_when_no_way_leads_to_the_logits()
    {
        Circuit pruned = Made.Circuit(Made.OneHead, "input->a0.h0<q>", "m0->logits").Prune();

        Assert.Empty(pruned.EdgeIndices);
        Assert.Empty(pruned.Nodes);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Is_what_dropping_dead_nodes_in_any_order_leaves(int seed)
    {
        Circuit circuit = Made.Circuit(Made.Graph(seed), seed);

        Assert.Equal(DroppedOneByOne(circuit, new Random(seed)), circuit.Prune().Edges.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Does_not_change_when_pruned_again(int seed)
    {
        Circuit once = Made.Circuit(Made.Graph(seed), seed).Prune();

        Assert.Equal(once.EdgeIndices.ToArray(), once.Prune().EdgeIndices.ToArray());
    }

    // The slow truth: one dead node at a time, in an order that chance decides.
    private static HashSet<Edge> DroppedOneByOne(Circuit circuit, Random random)
    {
        HashSet<Edge> left = [.. circuit.Edges];
        while (true)
        {
            Node[] dead =
            [
                .. circuit.Nodes.Where(node =>
                    left.Any(edge => edge.Source == node || edge.Destination == node)
                    && (
                        (node is not InputNode && left.All(edge => edge.Destination != node))
                        || (node is not LogitsNode && left.All(edge => edge.Source != node))
                    )
                ),
            ];
            if (dead.Length == 0)
            {
                return left;
            }
            Node dropped = dead[random.Next(dead.Length)];
            left.RemoveWhere(edge => edge.Source == dropped || edge.Destination == dropped);
        }
    }
}
