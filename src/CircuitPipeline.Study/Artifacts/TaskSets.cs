using System.Collections.Immutable;
using CircuitPipeline.Study.Runs;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The sets of pairs that are there before anything runs, task by task.</summary>
/// <param name="ByTask">Those of the tasks that have some, by their names; that of the only task has none.</param>
internal sealed record TaskSets(ImmutableDictionary<StudyTask, ImportedSets> ByTask)
{
    /// <summary>Of a study that draws all its pairs.</summary>
    internal static TaskSets None { get; } = new(ImmutableDictionary<StudyTask, ImportedSets>.Empty);

    /// <summary>Those of a task.</summary>
    internal ImportedSets Of(StudyTask task) => ByTask.GetValueOrDefault(task, ImportedSets.None);
}
