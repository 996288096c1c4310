using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>How much circuits depend on their pairs, and the items that measure it.</summary>
internal static class EvaluateRobustnessFiles
{
    internal const string StageName = "EvaluateRobustness";
    internal const string RobustnessName = "robustness.json";

    /// <summary>The randomly initialised model, as the report calls it.</summary>
    internal const string RandomLabel = "randomly initialised";

    /// <summary>The models whose circuits it is measured of, each base model's with its control last; none where the study does not ask for it.</summary>
    internal static IEnumerable<(StudyModel Model, bool IsRandom)> All(ExperimentSpec spec) =>
        from robustness in spec.Discover.Robustness is { } given ? (RobustnessSpec[])[given] : []
        from trained in StudyTask.TrainedOnBases(spec)
        from row in Of(trained.Task, trained.Base, spec.FineTune.Checkpoints, robustness)
        select row;

    /// <summary>The work item of a model.</summary>
    internal static string ItemOf(StudyModel model, bool isRandom) =>
        isRandom ? model.Task.Item($"random-{model.Base}") : model.Name;

    private static IEnumerable<(StudyModel Model, bool IsRandom)> Of(
        StudyTask task,
        int number,
        int[] checkpoints,
        RobustnessSpec robustness
    ) =>
        [
            .. ((int[])[0, .. robustness.EveryCheckpoint ? checkpoints : checkpoints[^1..]]).Select(step =>
                (new StudyModel(task, number, step), false)
            ),
            (new StudyModel(task, number, 0), true),
        ];
}
