using System.Collections.Immutable;
using System.Reflection;

namespace CircuitPipeline.Pipeline.Code;

/// <summary>The sources that decide what a stage computes.</summary>
/// <param name="Home">The project in which the stage is.</param>
/// <param name="Files">The stage's own files, relative to their project, such as <c>Pretrain/PretrainStage.cs</c>.</param>
/// <param name="Rooms">The projects that these call; projects that those refer to are found, and count as well.</param>
public sealed record StageCode(Assembly Home, ImmutableArray<string> Files, ImmutableArray<Assembly> Rooms)
{
    /// <summary>All that a stage's type reaches, as its sources say it.</summary>
    /// <param name="stage">The stage's type.</param>
    /// <exception cref="ArgumentException">Its project embeds no source of it.</exception>
    public static StageCode Of(Type stage) => SourceMap.Of(stage.Assembly).ReachedFrom(stage.Name);
}
