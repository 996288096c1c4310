using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.Spec;

/// <summary>What of a study's tasks does not go together.</summary>
internal static class TaskProblems
{
    internal static IEnumerable<SpecProblem> Of(ExperimentSpec spec, TaskSpec[] tasks)
    {
        if (spec.Pairs is not null)
        {
            yield return new SpecProblem(
                "pairs",
                "are of a study's only target, but 'tasks' are given; name a task's files in its own 'pairs'."
            );
        }

        if (tasks.All(task => task.OfBaseOnly))
        {
            yield return new SpecProblem(
                "tasks",
                "are all 'of_base_only', but one at least is fine-tuned on; choose it."
            );
        }

        foreach ((int place, TaskSpec task) in tasks.Index())
        {
            if (tasks.Take(place).Any(before => before.NameInStudy == task.NameInStudy))
            {
                yield return new SpecProblem(
                    $"tasks[{place}]",
                    $"is called '{task.NameInStudy}' as one above; give it a 'name' of its own."
                );
            }

            if (IsTaken(task.NameInStudy))
            {
                yield return new SpecProblem(
                    $"tasks[{place}].name",
                    $"is '{task.NameInStudy}', but items of every study are called so; choose another."
                );
            }

            foreach (SpecProblem problem in Of(spec, task))
            {
                yield return problem with
                {
                    Key = $"tasks[{place}].{problem.Key}",
                };
            }
        }

        foreach (SpecProblem problem in spec.FromScratch is { } own ? OfCorpus(own.Data) : [])
        {
            yield return problem;
        }
    }

    // Of what every study makes beside its tasks.
    private static bool IsTaken(string name) =>
        name
            is GenerateDataFiles.CorpusItem
                or GenerateDataFiles.TargetItem
                or GenerateDataFiles.OtherTasksItem
                or GenerateDataFiles.ImportItem
        || name.EndsWith($"-{GenerateDataFiles.ImportItem}", StringComparison.Ordinal)
        || name.StartsWith("base-", StringComparison.Ordinal)
        || name.StartsWith("tuned-", StringComparison.Ordinal)
        || name.StartsWith("composition-", StringComparison.Ordinal);

    private static IEnumerable<SpecProblem> Of(ExperimentSpec spec, TaskSpec task) =>
        (task, spec.FromScratch) switch
        {
            ({ Pairs: not null }, _) => OfFiles(task.Pairs),
            ({ Task: null }, _) => [],
            (_, { } own) => OfDrawn(spec, task, own),
            _ when (task.Splits ?? spec.Splits) is null =>
            [
                new SpecProblem(
                    "splits",
                    "is missing, and the study has no 'splits' either; say how many pairs are drawn for each set."
                ),
            ],
            _ => [],
        };

    private static IEnumerable<SpecProblem> OfFiles(PairsSpec pairs)
    {
        string[] missing = [.. PairsSpec.KeysOfTarget.Except(pairs.Named.Select(named => named.Key))];
        if (missing.Length > 0)
        {
            yield return new SpecProblem(
                "pairs",
                $"names no file for {string.Join(", ", missing.Select(key => $"'{key}'"))}, but a task is read whole; name a file for each."
            );
        }

        if (pairs.MulDiv is not null || pairs.TwoStep is not null)
        {
            yield return new SpecProblem(
                pairs.MulDiv is not null ? "pairs.mul_div" : "pairs.two_step",
                "is given, but beside other tasks the parts of a composition are tasks of their own; leave it out."
            );
        }
    }

    private static IEnumerable<SpecProblem> OfDrawn(ExperimentSpec spec, TaskSpec task, FromScratchSpec own)
    {
        if (task.Limit is not null)
        {
            yield return new SpecProblem(
                "limit",
                "is given, but a model that is trained here knows the numbers of 'data.max_number'; leave it out."
            );
        }

        if (own.Data.Tasks?.Any(line => line.Task == task.Task) != true)
        {
            yield return new SpecProblem(
                "task",
                $"is '{task.Task}', but 'data.tasks' has no lines of it, so that the base model lacks its words; add it there."
            );
            yield break;
        }

        foreach (
            SpecProblem problem in TaskSplits.Problems(
                PromptTasks.Named(task.Task!),
                new TinyNumbers(own.Data.MaxNumber, own.Data.SmallLimit),
                own.ShareOf(task.Task!),
                task.Splits ?? own.Splits,
                new SeededRandom(spec.Seed),
                own.Data.Tasks.ToDictionary(
                    line => line.Task,
                    line => new PartSplits(line.Share, own.SplitsOf(spec.Tasks, line.Task))
                )
            )
        )
        {
            yield return problem with
            {
                Key = task.Splits is null ? "task" : $"splits.{problem.Key}",
                Message = task.Splits is null
                    ? $"is '{task.Task}', whose '{problem.Key}' of the study's 'splits' {problem.Message[..^1]}, or give the task 'splits' of its own."
                    : problem.Message,
            };
        }
    }

    // Lines of these kinds are drawn from all that there is, so that a set would hold what the base model has read.
    private static IEnumerable<SpecProblem> OfCorpus(CorpusSpec data)
    {
        (string Key, double Weight)[] unheld =
        [
            ("add_sub_large", data.Weights.AddSubLarge),
            ("mul_div", data.Weights.MulDiv),
            ("two_step", data.Weights.TwoStep),
        ];
        return unheld
            .Where(line => line.Weight > 0)
            .Select(line => new SpecProblem(
                $"data.weights.{line.Key}",
                $"is {line.Weight}, but beside 'tasks' its lines would hold what the sets ask; give the task in 'data.tasks' instead."
            ));
    }
}
