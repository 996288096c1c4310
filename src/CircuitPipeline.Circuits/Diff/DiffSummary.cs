using System.Collections.Immutable;

namespace CircuitPipeline.Circuits;

/// <summary>The counts and sums of a diff, without the names of its nodes and edges: what planning and reports need of it.</summary>
/// <param name="Nodes">How many nodes changed.</param>
/// <param name="Edges">How many edges changed.</param>
/// <param name="EdgeChangesByNodes">How many of the changed edges have an end that was itself added or removed.</param>
/// <param name="Layers">The changes layer by layer.</param>
public sealed record DiffSummary(
    ChangeCounts Nodes,
    ChangeCounts Edges,
    int EdgeChangesByNodes,
    ImmutableArray<LayerChange> Layers
);
