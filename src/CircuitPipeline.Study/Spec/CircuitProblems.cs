using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;

namespace CircuitPipeline.Study.Spec;

/// <summary>What does not fit together in an experiment's circuits: their pairs, and the parts of a composition.</summary>
internal static class CircuitProblems
{
    /// <summary>The problems of an experiment.</summary>
    internal static IEnumerable<SpecProblem> Of(ExperimentSpec spec) => [.. OfUnion(spec), .. OfRobustness(spec)];

    private static IEnumerable<SpecProblem> OfUnion(ExperimentSpec spec)
    {
        if (spec.Methods?.Contains(FineTuneMethods.CircuitLoraUnion) != true)
        {
            yield break;
        }

        if (spec.ComposedTasks is not { } names)
        {
            yield return new SpecProblem(
                "methods",
                $"name '{FineTuneMethods.CircuitLoraUnion}', but 'tasks' are not 'add-sub', 'mul-div' and 'two-step' or more, and ranks are planned from the circuits of the first two for the third; name all three or leave it out."
            );
            yield break;
        }

        if (names.Select(spec.TaskNamed).FirstOrDefault(task => task!.OfBaseOnly) is { } ofBase)
        {
            yield return new SpecProblem(
                "methods",
                $"name '{FineTuneMethods.CircuitLoraUnion}', but the task '{ofBase.NameInStudy}' is 'of_base_only', and ranks are planned from what fine-tuning changes in the parts' circuits; leave one of the two out."
            );
        }
    }

    // Those of files are counted when they are read.
    private static IEnumerable<SpecProblem> OfRobustness(ExperimentSpec spec) =>
        from robustness in spec.Discover.Robustness is { } given ? (RobustnessSpec[])[given] : []
        from task in StudyTask.Trained(spec)
        let isTest = TrapsSpec.OpenOf(spec).CircuitPairs is not null
        let pairs = isTest ? spec.SplitsOf(task.Name)?.Test : spec.SplitsOf(task.Name)?.Circuit
        where pairs < robustness.Parts && !IsRead(spec, task, isTest ? PairSets.Test : PairSets.First)
        select new SpecProblem(
            "discover.robustness.splits",
            $"is {robustness.Parts}, but 'splits.{(isTest ? "test" : "circuit")}'{(task.Name is null ? "" : $" of the task '{task.Name}'")} is {pairs}, and a part needs one pair at least; write {pairs} or less."
        );

    private static bool IsRead(ExperimentSpec spec, StudyTask task, string set) =>
        spec.Files.Any(files => files.Task == task.Name && files.Pairs.Named.Any(named => named.Set == set));
}
