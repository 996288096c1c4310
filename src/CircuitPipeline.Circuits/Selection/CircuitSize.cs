namespace CircuitPipeline.Circuits;

/// <summary>How large a circuit is.</summary>
/// <param name="Edges">Number of edges.</param>
/// <param name="Nodes">Number of nodes at their ends.</param>
public readonly record struct CircuitSize(int Edges, int Nodes);
