namespace CircuitPipeline.Reporting;

/// <summary>The change that resampling alone makes: two circuits of the SAME model, from disjoint pairs of the same number.</summary>
/// <param name="Model">The model.</param>
/// <param name="Pairs">How many pairs of prompts each circuit was found with.</param>
/// <param name="Nodes">The difference in nodes.</param>
/// <param name="Edges">The difference in edges.</param>
public sealed record ResamplingFloor(string Model, int Pairs, SetChange Nodes, SetChange Edges);
