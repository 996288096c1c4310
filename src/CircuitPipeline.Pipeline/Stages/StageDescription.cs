using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>A stage as the graph knows it: its name, what it is for, and which stages come before it.</summary>
/// <param name="Name">The name, as the command line says it.</param>
/// <param name="Description">One sentence for <c>--description</c>.</param>
/// <param name="DependsOn">Names of the stages whose results this stage reads.</param>
public sealed record StageDescription(string Name, string Description, ImmutableArray<string> DependsOn)
{
    /// <summary>Whether it is a name for the stages before it and has no work of its own.</summary>
    public bool IsGroup { get; init; }
}
