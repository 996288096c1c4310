using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>What a session is made of: the graph, the stages that are implemented, and the engine.</summary>
/// <param name="Graph">All stages, implemented or not.</param>
/// <param name="Stages">The stages with a body.</param>
/// <param name="Engine">The tensor engine; may be missing where no item uses one.</param>
public sealed record StageCatalog(StageGraph Graph, ImmutableArray<IStage> Stages, IEngine? Engine);
