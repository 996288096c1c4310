using System.Collections.Immutable;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;

namespace CircuitPipeline.Circuits.Diff;

/// <summary>What changed from one circuit to another of the same graph.</summary>
public sealed class CircuitDiff
{
    private CircuitDiff(Circuit before, Circuit after)
    {
        SameGraph.MustHold(before.Graph, after.Graph);
        (Before, After) = (before, after);
        Nodes = CompareNodes(before.Nodes, after.Nodes);
        Edges = CompareEdges(before, after);
        EdgeChangesByNodes = CountEdgesOfChangedNodes(Nodes, Edges);
        Layers = LayerChanges.Of(this);
        Modules = ModuleChanges.Of(this);
    }

    /// <summary>The circuit before.</summary>
    public Circuit Before { get; }

    /// <summary>The circuit after.</summary>
    public Circuit After { get; }

    /// <summary>How the set of nodes changed.</summary>
    public SetChange<Node> Nodes { get; }

    /// <summary>How the set of edges changed.</summary>
    public SetChange<Edge> Edges { get; }

    /// <summary>How many of the added and removed edges have an end that was itself added or removed.</summary>
    public int EdgeChangesByNodes { get; }

    /// <summary>The changes layer by layer.</summary>
    public ImmutableArray<LayerChange> Layers { get; }

    /// <summary>The changes by layer and kind of node: of each layer attention, query, key, value and MLP; then the logits.</summary>
    public ImmutableArray<ModuleChange> Modules { get; }

    /// <summary>Its counts and sums.</summary>
    public DiffSummary Summary =>
        new(ChangeCounts.Of(Nodes), ChangeCounts.Of(Edges), EdgeChangesByNodes, Layers, Modules);

    /// <summary>Compares two circuits.</summary>
    /// <param name="before">The circuit before.</param>
    /// <param name="after">The circuit after, of the same graph.</param>
    /// <returns>What changed.</returns>
    /// <exception cref="ArgumentException">The circuits belong to different graphs, or a sum of their scores is not finite.</exception>
    public static CircuitDiff Between(Circuit before, Circuit after) => new(before, after);

    private static SetChange<Node> CompareNodes(ImmutableArray<Node> before, ImmutableArray<Node> after)
    {
        (HashSet<Node>? was, HashSet<Node>? has) = (before.ToHashSet(), after.ToHashSet());
        return new SetChange<Node>(
            [.. after.Where(node => !was.Contains(node))],
            [.. before.Where(node => !has.Contains(node))],
            [.. before.Where(has.Contains)]
        );
    }

    // By index, which is many times faster than by name where a circuit has a million edges.
    private static SetChange<Edge> CompareEdges(Circuit before, Circuit after) =>
        new(
            [.. after.EdgeIndices.Where(edge => !before.Contains(edge)).Select(after.Graph.EdgeAt)],
            [.. before.EdgeIndices.Where(edge => !after.Contains(edge)).Select(before.Graph.EdgeAt)],
            [.. before.EdgeIndices.Where(after.Contains).Select(before.Graph.EdgeAt)]
        );

    private static int CountEdgesOfChangedNodes(SetChange<Node> nodes, SetChange<Edge> edges)
    {
        HashSet<Node> changed = [.. nodes.Added, .. nodes.Removed];
        return edges
            .Added.Concat(edges.Removed)
            .Count(edge => changed.Contains(edge.Source) || changed.Contains(edge.Destination));
    }
}

/// <summary>The counts and sums of a diff, without the names of its nodes and edges: what planning and reports need of it.</summary>
/// <param name="Nodes">How many nodes changed.</param>
/// <param name="Edges">How many edges changed.</param>
/// <param name="EdgeChangesByNodes">How many of the changed edges have an end that was itself added or removed.</param>
/// <param name="Layers">The changes layer by layer.</param>
/// <param name="Modules">The changes by layer and kind of node.</param>
public sealed record DiffSummary(
    ChangeCounts Nodes,
    ChangeCounts Edges,
    int EdgeChangesByNodes,
    ImmutableArray<LayerChange> Layers,
    ImmutableArray<ModuleChange> Modules
);
