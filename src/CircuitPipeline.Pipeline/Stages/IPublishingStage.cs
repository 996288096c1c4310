using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>A stage whose results are published beside the readable view; what it writes there is no artifact and has no key.</summary>
/// <remarks>What it wrote is remembered by digest: a file that is damaged, edited or gone is written again by the next run.</remarks>
public interface IPublishingStage : IStage
{
    /// <summary>Writes what people look at. Is called at the end of every run of the stage, also when all was cached.</summary>
    /// <param name="context">Where the results are, and what the run knows beyond them.</param>
    void Publish(PublishContext context);
}

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

    /// <summary>How long an item of a stage took when it was made, now or earlier, by stage and item; null where that is not known.</summary>
    public required Func<string, string, double?> SecondsOf { get; init; }

    /// <summary>
    /// Whether there is something to write: an item of the stage was computed in this run, or what was published is missing, not as
    /// it was written, or of other results.
    /// </summary>
    public required bool IsNeeded { get; init; }

    /// <summary>Writes one of the files, by its path inside the study's folder; a run writes all of them or none.</summary>
    public required Action<string, ReadOnlyMemory<byte>> Write { get; init; }

    /// <summary>Takes lines for the person who waits.</summary>
    public required Action<string> Say { get; init; }
}

/// <summary>What a run did in one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Items">How many work items it has.</param>
/// <param name="Cached">How many of them were there already.</param>
/// <param name="Seconds">How long its items took when they were made, now or earlier.</param>
public sealed record StageRun(string Stage, int Items, int Cached, double Seconds);
