namespace CircuitPipeline.Circuits.Diff;

/// <summary>
/// A circuit against that of a composed task, both collapsed and cut to the same number of edges, beside what two sets of so many
/// edges share by chance.
/// </summary>
/// <param name="Model">The models that the circuits are of, as the report names them.</param>
/// <param name="Base">The number of the base model.</param>
/// <param name="Percent">The share of the graph's edges that the circuits were selected with, in percent.</param>
/// <param name="Circuit">What is compared: the union of the parts, their intersection, or a part.</param>
/// <param name="ComparedWith">The composed task.</param>
/// <param name="Nodes">The difference in nodes.</param>
/// <param name="Edges">The difference in edges.</param>
/// <param name="GraphEdges">How many edges the collapsed graph has.</param>
public sealed record CompositionOverlap(
    string Model,
    int Base,
    double Percent,
    string Circuit,
    string ComparedWith,
    ChangeCounts Nodes,
    ChangeCounts Edges,
    int GraphEdges
)
{
    /// <summary>What as many edges share that are drawn by chance.</summary>
    public ChanceOverlap Chance => new(GraphEdges, Edges.Removed + Edges.Shared, Edges.Added + Edges.Shared);
}
