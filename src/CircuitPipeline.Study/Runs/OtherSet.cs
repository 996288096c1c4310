using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Runs;

/// <summary>A set of another task's prompts, by which is measured what fine-tuning makes a model forget.</summary>
/// <param name="Task">The task's name in the study; null where it has none.</param>
/// <param name="Pairs">The set.</param>
internal sealed record OtherSet(string? Task, string Pairs)
{
    /// <summary>What the report calls the task.</summary>
    internal string Label => Task ?? Pairs;

    /// <summary>The file of its pairs.</summary>
    internal ItemInput Input => StudyPairs.Input(new StudyTask(Task), Pairs);

    /// <summary>Those beside a task: the validation sets of a study's other tasks, or products and two steps beside its only one; null for none.</summary>
    internal static OtherSet[]? Beside(StudyTask task, ExperimentSpec spec)
    {
        OtherSet[] all =
        [
            .. spec.ComposesDrawn
                ? PairSets.OfOtherTasks.Select(pairs => new OtherSet(null, pairs))
                : StudyTask
                    .Of(spec)
                    .Where(other => other != task)
                    .Select(other => new OtherSet(other.Name, PairSets.Validation)),
        ];
        return all.Length == 0 ? null : all;
    }
}
