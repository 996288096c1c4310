using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>Changes by layer and kind of node, and those that come with a node, against brute force over names.</summary>
public sealed class ChangesByModule
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Are_those_that_the_names_of_edges_say(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        (Circuit before, Circuit after) = (Made.Circuit(graph, seed), Made.Circuit(graph, seed + 70));
        (HashSet<string> was, HashSet<string> has) = ([.. Made.Names(before.Edges)], [.. Made.Names(after.Edges)]);

        CircuitDiff diff = CircuitDiff.Between(before, after);

        Assert.Equal(5 * graph.NLayers + 1, diff.Modules.Length);
        foreach (ModuleChange change in diff.Modules)
        {
            bool EndsHere(string edge) =>
                edge[(edge.IndexOf("->", StringComparison.Ordinal) + 2)..] is var end
                && change.Module switch
                {
                    ModuleChange.Logits => end == "logits",
                    ModuleChange.Mlp => end == $"m{change.Layer}",
                    ModuleChange.Attention => end.StartsWith($"a{change.Layer}.", StringComparison.Ordinal),
                    _ => end.StartsWith($"a{change.Layer}.", StringComparison.Ordinal)
                        && end.EndsWith($"<{change.Module[0]}>", StringComparison.Ordinal),
                };
            Assert.Equal(
                new ChangeCounts(
                    has.Except(was).Count(EndsHere),
                    was.Except(has).Count(EndsHere),
                    was.Intersect(has).Count(EndsHere)
                ),
                change.Edges
            );
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Add_up_to_the_whole_change_but_for_the_input(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        CircuitDiff diff = CircuitDiff.Between(Made.Circuit(graph, seed), Made.Circuit(graph, seed + 70));
        ModuleChange[] whole = [.. diff.Modules.Where(change => change.Nodes is not null)];

        Assert.Equal(diff.Edges.Added.Length, whole.Sum(change => change.Edges.Added));
        Assert.Equal(diff.Edges.Removed.Length, whole.Sum(change => change.Edges.Removed));
        Assert.Equal(diff.Edges.Shared.Length, whole.Sum(change => change.Edges.Shared));
        Assert.Equal(diff.Nodes.Added.Count(node => node is not InputNode), whole.Sum(change => change.Nodes!.Added));
        Assert.Equal(diff.Nodes.Shared.Count(node => node is not InputNode), whole.Sum(change => change.Nodes!.Shared));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void That_come_with_a_node_are_those_with_an_end_in_one_circuit_only(int seed)
    {
        ComputationGraph graph = Made.Graph(seed);
        (Circuit before, Circuit after) = (Made.Circuit(graph, seed), Made.Circuit(graph, seed + 70));
        int induced = 0;
        foreach (Edge edge in graph.Edges.Where(edge => before.Contains(edge) != after.Contains(edge)))
        {
            if (IsInOneOnly(edge.Source) || IsInOneOnly(edge.Destination))
            {
                induced++;
            }
        }

        Assert.Equal(induced, CircuitDiff.Between(before, after).Summary.EdgeChangesByNodes);

        bool IsInOneOnly(Node node) =>
            before.Edges.Any(edge => edge.Source == node || edge.Destination == node)
            != after.Edges.Any(edge => edge.Source == node || edge.Destination == node);
    }

    [Fact]
    public void Of_a_collapsed_graph_tell_no_inputs_of_heads_apart()
    {
        ComputationGraph graph = Made.Graph(2);

        CircuitDiff diff = CircuitDiff.Between(Made.Circuit(graph, 1).Collapse(), Made.Circuit(graph, 2).Collapse());

        Assert.Equal(2 * graph.NLayers + 1, diff.Modules.Length);
        Assert.All(diff.Modules, change => Assert.NotNull(change.Nodes));
    }
}
