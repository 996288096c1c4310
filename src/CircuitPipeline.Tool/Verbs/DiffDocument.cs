using CircuitPipeline.Circuits;

namespace CircuitPipeline.Tool;

/// <summary>A circuit diff for machines: counts, rates and sums; names only when asked for.</summary>
/// <param name="Nodes">How the set of nodes changed.</param>
/// <param name="Edges">How the set of edges changed.</param>
/// <param name="EdgeChangesByNodes">Changed edges that have a changed node at an end.</param>
/// <param name="Collapsed">Whether a head's query, key and value inputs count as one.</param>
/// <param name="Layers">Counts and sums by layer.</param>
/// <param name="Names">What came and went, by name.</param>
internal sealed record DiffDocument(
    SetCounts Nodes,
    SetCounts Edges,
    int EdgeChangesByNodes,
    bool Collapsed,
    IReadOnlyList<LayerChange> Layers,
    object? Names
)
{
    internal static DiffDocument Of(CircuitDiff diff, bool names) =>
        new(
            SetCounts.Of(diff.Nodes),
            SetCounts.Of(diff.Edges),
            diff.EdgeChangesByNodes,
            diff.Before.Graph.IsCollapsed,
            diff.Layers,
            names
                ? new
                {
                    NodesAdded = diff.Nodes.Added.Select(node => node.Name),
                    NodesRemoved = diff.Nodes.Removed.Select(node => node.Name),
                    EdgesAdded = diff.Edges.Added.Select(edge => edge.Name),
                    EdgesRemoved = diff.Edges.Removed.Select(edge => edge.Name),
                }
                : null
        );
}
