using System.Collections.Immutable;
using System.IO.Enumeration;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>What a model's folder may hold beside what is known.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Nothing.</summary>
    public static CheckpointOptions Strict { get; } = new();

    /// <summary>Keys of the configuration that are passed over though they are not known; they must not change what the model computes.</summary>
    public ImmutableArray<string> IgnoredKeys { get; init; } = [];

    /// <summary>Patterns of names of tensors that are not read, such as <c>v_head.*</c>; <c>*</c> and <c>?</c> stand for any text and any sign.</summary>
    public ImmutableArray<string> IgnoredTensors { get; init; } = [];

    /// <summary>Whether a tensor is not read.</summary>
    /// <param name="tensor">Its name.</param>
    public bool LeavesOut(string tensor) =>
        IgnoredTensors.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, tensor, ignoreCase: false));
}
