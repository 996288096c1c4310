using System.Collections.Immutable;

namespace CircuitPipeline.Reporting;

/// <summary>A circuit to draw.</summary>
/// <param name="Model">The model that it belongs to.</param>
/// <param name="NLayers">Blocks of the model.</param>
/// <param name="NHeads">Heads per block.</param>
/// <param name="Edges">Its edges, each with its score.</param>
public sealed record CircuitView(string Model, int NLayers, int NHeads, ImmutableArray<EdgeView> Edges);
