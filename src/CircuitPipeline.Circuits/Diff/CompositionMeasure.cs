namespace CircuitPipeline.Circuits.Diff;

/// <summary>One circuit against the circuit of the composed task, both with the same number of edges.</summary>
/// <param name="Circuit">What is compared, such as the union of two tasks' circuits.</param>
/// <param name="ComparedWith">The circuit that it is compared with.</param>
/// <param name="Nodes">The difference in nodes.</param>
/// <param name="Edges">The difference in edges.</param>
/// <param name="Note">What the row is there for.</param>
public sealed record CompositionMeasure(
    string Circuit,
    string ComparedWith,
    ChangeCounts Nodes,
    ChangeCounts Edges,
    string Note = ""
);
