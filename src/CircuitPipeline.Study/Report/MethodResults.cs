using System.Collections.Immutable;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Reporting.Statistics;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>How well each way of fine-tuning does, alone and against the others.</summary>
internal static class MethodResults
{
    private static readonly (string Method, string Reference)[] Compared =
    [
        (FineTuneMethods.CircuitLora, FineTuneMethods.Lora),
        (FineTuneMethods.CircuitLoraUnion, FineTuneMethods.Lora),
        (FineTuneMethods.RandomLora, FineTuneMethods.Lora),
        (FineTuneMethods.CircuitLora, FineTuneMethods.RandomLora),
        (FineTuneMethods.CircuitLoraUnion, FineTuneMethods.RandomLora),
        (FineTuneMethods.CircuitLoraUnion, FineTuneMethods.CircuitLora),
        (FineTuneMethods.Full, FineTuneMethods.Lora),
        .. FineTuneMethods.OfTheField.Select(method => (method, FineTuneMethods.Lora)),
    ];

    internal static ImmutableArray<MethodAccuracy> Accuracies(ExperimentSpec spec, ReportFiles files) =>
        [
            MethodAccuracy.Of(
                "base",
                MethodRole.Base,
                0,
                [.. Enumerable.Range(0, spec.Seeds.Bases).Select(number => Seed(number, 0, files.BaseAnswers(number)))]
            ),
            .. FineTuneMethods
                .Of(spec, files.Task)
                .Select(method =>
                    Accuracy(
                        spec,
                        method,
                        method == FineTuneMethods.Full ? MethodRole.Full : MethodRole.Adapter,
                        [
                            .. ItemNames
                                .Repetitions(spec.Seeds)
                                .Select(repetition =>
                                    (
                                        repetition.Base,
                                        repetition.Adapter,
                                        files.Answers(method, repetition.Base, repetition.Adapter)
                                    )
                                ),
                        ]
                    )
                ),
        ];

    /// <summary>The results with how long each method's runs took.</summary>
    /// <param name="spec">The experiment.</param>
    /// <param name="task">The task.</param>
    /// <param name="results">Its results.</param>
    /// <param name="secondsOf">Seconds of an item, by stage and name.</param>
    internal static StudyResults WithTimes(
        ExperimentSpec spec,
        StudyTask task,
        StudyResults results,
        Func<string, string, double?> secondsOf
    )
    {
        return results with { Accuracies = [.. results.Accuracies.Select(WithTime)] };

        MethodAccuracy WithTime(MethodAccuracy method) =>
            method.Role == MethodRole.Base
                ? method
                : method with
                {
                    Seconds = ItemNames
                        .Repetitions(spec.Seeds)
                        .Select(run => ReportInputs.Answers(task, method.Method, run.Base, run.Adapter))
                        .Average(input => secondsOf(input.Stage, input.Item)),
                };
    }

    /// <summary>Every planned adapter against the uniform one, and the circuit's against chance.</summary>
    internal static ImmutableArray<PairedDifference> Differences(ExperimentSpec spec, ReportFiles files) =>
        [
            .. Compared
                .Where(pair => FineTuneMethods.Of(spec, files.Task).Contains(pair.Method))
                .Where(pair => FineTuneMethods.Of(spec, files.Task).Contains(pair.Reference))
                .Select(pair => Difference(spec, files, pair.Method, pair.Reference)),
        ];

    internal static ImmutableArray<PlanSummary> Plans(ExperimentSpec spec, ReportFiles files) =>
        [
            .. FineTuneMethods
                .Planned(spec, files.Task)
                .Select(method => PlanSummary.Of(method, files.Plan(0, method), files.Shape.NLayers)),
        ];

    // Wilson's interval counts items only; over several models the spread between them counts as well.
    private static MethodAccuracy Accuracy(
        ExperimentSpec spec,
        string method,
        MethodRole role,
        (int Base, int Adapter, TestAnswers Answers)[] models
    )
    {
        MethodAccuracy accuracy = MethodAccuracy.Of(
            method,
            role,
            models[0].Answers.TrainedParameters,
            [.. models.Select(model => Seed(model.Base, model.Adapter, model.Answers))]
        ) with
        {
            KeptParameters = models[0].Answers.KeptParameters,
            Tokens = models[0].Answers.Tokens,
            Others =
            [
                .. models
                    .SelectMany(model => model.Answers.Others ?? [])
                    .GroupBy(other => other.Task)
                    .Select(runs => new Forgetting(
                        runs.Key,
                        runs.Sum(run => (long)run.Before.Correct),
                        runs.Sum(run => (long)run.After.Correct),
                        runs.Sum(run => (long)run.After.Total)
                    )),
            ],
        };
        if (models.Length == 1)
        {
            return accuracy;
        }

        PairedOutcomes[] againstNone =
        [
            .. models.Select(model => new PairedOutcomes(
                ItemNames.Base(model.Base),
                model.Adapter,
                [.. model.Answers.Right],
                [.. new bool[model.Answers.Right.Length]]
            )),
        ];
        (_, Interval interval) = new PairedBootstrap(new Random(spec.Seed)).Of(againstNone);
        return accuracy with { Interval = interval, IntervalFrom = "bootstrap, over bases, seeds and items" };
    }

    private static PairedDifference Difference(
        ExperimentSpec spec,
        ReportFiles files,
        string method,
        string reference
    ) =>
        PairedDifference.Of(
            method,
            reference,
            [
                .. ItemNames
                    .Repetitions(spec.Seeds)
                    .Select(repetition => new PairedOutcomes(
                        ItemNames.Base(repetition.Base),
                        repetition.Adapter,
                        [.. files.Answers(method, repetition.Base, repetition.Adapter).Right],
                        [.. files.Answers(reference, repetition.Base, repetition.Adapter).Right]
                    )),
            ],
            // Seeded by the study, so that the same answers give the same interval.
            new PairedBootstrap(new Random(spec.Seed))
        );

    private static SeedAccuracy Seed(int number, int adapter, TestAnswers answers) =>
        new(ItemNames.Base(number), adapter, answers.Right.Count(isRight => isRight), answers.Right.Length);
}
