using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>What the showing of a stage's results may know.</summary>
public sealed record PublishContext
{
    /// <summary>The study's folder, <c>artifacts/STUDY</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>The path of an output of the stage, by item and file name.</summary>
    public required Func<string, string, string> PathOf { get; init; }

    /// <summary>Commit, machine, engine and versions that made the stage's results.</summary>
    public required ImmutableSortedDictionary<string, string> Provenance { get; init; }

    /// <summary>What this run did in each stage so far, in order.</summary>
    public required ImmutableArray<StageRun> Runs { get; init; }

    /// <summary>Whether an item of the stage was computed in this run.</summary>
    public required bool IsNew { get; init; }

    /// <summary>Takes lines for the person who waits.</summary>
    public required Action<string> Say { get; init; }
}
