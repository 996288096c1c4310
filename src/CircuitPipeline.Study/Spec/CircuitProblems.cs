using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
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
    private static IEnumerable<SpecProblem> OfRobustness(ExperimentSpec spec)
    {
        if (spec.Discover.Robustness is not { } robustness)
        {
            yield break;
        }

        bool isTest = spec.OpenTraps.CircuitPairs is not null;
        string set = isTest ? PairSets.Test : PairSets.First;
        foreach (StudyTask task in StudyTask.Trained(spec).Where(task => !IsRead(spec, task, set)))
        {
            SplitSpec? sizes = spec.SplitsOf(task.Name);
            if ((isTest ? sizes?.Test : sizes?.Circuit) is not { } pairs)
            {
                continue;
            }

            string ofTask = task.Name is null ? "" : $" of the task '{task.Name}'";
            string found = $"'splits.{(isTest ? "test" : "circuit")}'{ofTask} is {pairs}";
            if (pairs < robustness.Parts)
            {
                yield return new SpecProblem(
                    "discover.robustness.splits",
                    $"is {robustness.Parts}, but {found}, and a part needs one pair at least; write {pairs} or less."
                );
            }
            else if (robustness.ProblemOfShares(pairs, $", since {found}") is { } problem)
            {
                yield return new SpecProblem("discover.robustness.perturbed_percent", problem);
            }
        }
    }

    private static bool IsRead(ExperimentSpec spec, StudyTask task, string set) =>
        spec.Files.Any(files => files.Task == task.Name && files.Pairs.Named.Any(named => named.Set == set));
}
