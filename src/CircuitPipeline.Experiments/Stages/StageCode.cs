using System.Collections.Immutable;
using System.Reflection;

namespace CircuitPipeline.Experiments;

/// <summary>The sources that decide what a stage computes.</summary>
/// <param name="Home">The project in which the stage's own files are.</param>
/// <param name="Files">The stage's own files, relative to their project, such as <c>Stages/PretrainStage.cs</c>.</param>
/// <param name="Rooms">The projects the stage calls; projects these refer to are found, and count as well.</param>
public sealed record StageCode(Assembly Home, ImmutableArray<string> Files, ImmutableArray<Assembly> Rooms);
