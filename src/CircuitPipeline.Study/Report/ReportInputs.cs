using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>The files that the report is made from.</summary>
internal static class ReportInputs
{
    /// <summary>Where the base model is from; only where it is a checkpoint.</summary>
    internal static ItemInput Origin { get; } =
        new(PretrainFiles.StageName, ItemNames.Base(0), PretrainFiles.OriginName);

    internal static IEnumerable<ItemInput> Of(ExperimentSpec spec) =>
        [
            .. Answers(spec),
            .. OfCircuits(spec),
            .. OfBases(spec),
            .. StudyTask.Of(spec).Where(task => IsImported(spec, task)).Select(Imports),
            .. spec.FromScratch is null ? (ItemInput[])[Origin] : [],
        ];

    /// <summary>Whether sets of pairs are read from files.</summary>
    internal static bool HasImports(ExperimentSpec spec) => spec.Files.Any();

    /// <summary>Whether a task's pairs were read from files, or drawn for a checkpoint.</summary>
    internal static bool IsImported(ExperimentSpec spec, StudyTask task) =>
        spec.FromScratch is null || spec.Files.Any(files => files.Task == task.Name);

    /// <summary>What was read from a task's files of pairs; only where there are some.</summary>
    internal static ItemInput Imports(StudyTask task) =>
        new(GenerateDataFiles.StageName, task.Item(GenerateDataFiles.ImportItem), GenerateDataFiles.ImportName);

    /// <summary>Which test prompts a run of a method answered rightly.</summary>
    internal static ItemInput Answers(StudyTask task, string method, int number, int adapter) =>
        new(
            method == FineTuneMethods.Lora ? FineTuneFiles.StageName : RetrainFiles.StageName,
            task.Run(method, number, adapter),
            FineTuneRun.TestName
        );

    /// <summary>Which test prompts a base model answered rightly.</summary>
    internal static ItemInput BaseAnswers(StudyTask task, int number) =>
        new(FineTuneFiles.StageName, task.Run(FineTuneMethods.Lora, number, 0), FineTuneRun.BaseTestName);

    internal static ItemInput Metrics(StudyTask task, int number) =>
        new(FineTuneFiles.StageName, task.Run(FineTuneMethods.Lora, number, 0), TrainingMetrics.FileName);

    internal static ItemInput Evaluation(StudyModel model) =>
        new(
            IsRetrained(model) ? RediscoverCircuitsFiles.StageName : EvaluateCircuitsFiles.StageName,
            model.Name,
            EvaluateCircuitsFiles.EvaluationName
        );

    internal static ItemInput RetrainedDiffs(StudyModel model) =>
        new(RediscoverCircuitsFiles.StageName, model.Name, RediscoverCircuitsFiles.DiffsName);

    internal static ItemInput Diffs(StudyTask task, int number) =>
        new(DiffCircuitsFiles.StageName, DiffCircuitsFiles.ItemOf(task, number), DiffCircuitsFiles.DiffsName);

    /// <summary>How well a union of parts stands for what composes them; only where there are all three.</summary>
    internal static ItemInput Composition(ExperimentSpec spec, int number) =>
        OfComposition(spec, number, DiffCircuitsFiles.CompositionName);

    /// <summary>The same at several sizes, beside chance.</summary>
    internal static ItemInput Overlaps(ExperimentSpec spec, int number) =>
        OfComposition(spec, number, DiffCircuitsFiles.OverlapsName);

    /// <summary>What fine-tuning changes in the union of the parts' circuits; only where there is <see cref="HasUnion"/>.</summary>
    internal static ItemInput Union(ExperimentSpec spec, int number) =>
        OfComposition(spec, number, DiffCircuitsFiles.UnionName);

    /// <summary>Whether both parts of a composition are fine-tuned on.</summary>
    internal static bool HasUnion(ExperimentSpec spec) =>
        spec.ComposedTasks is { } tasks && tasks[..2].All(task => !spec.TaskNamed(task)!.OfBaseOnly);

    /// <summary>How much a model's circuits depend on their pairs.</summary>
    internal static ItemInput Robustness(StudyModel model, bool isRandom) =>
        new(
            EvaluateRobustnessFiles.StageName,
            EvaluateRobustnessFiles.ItemOf(model, isRandom),
            EvaluateRobustnessFiles.RobustnessName
        );

    /// <summary>Whether there is a composition.</summary>
    internal static bool Composes(ExperimentSpec spec) => spec.ComposesDrawn || spec.ComposedTasks is not null;

    internal static ItemInput Plan(StudyTask task, int number, string method) =>
        new(PlanRanksFiles.StageName, PlanRanksFiles.ItemOf(task, number), PlanRanksFiles.PlanFile(method));

    internal static ItemInput Rules(StudyTask task, int number) =>
        new(PlanRanksFiles.StageName, PlanRanksFiles.ItemOf(task, number), PlanRanksFiles.RulesName);

    internal static ItemInput Shape(int number) =>
        new(PretrainFiles.StageName, ItemNames.Base(number), Checkpoint.ConfigFile);

    internal static ItemInput Circuit(ExperimentSpec spec, StudyModel model) =>
        IsRetrained(model)
            ? new(
                RediscoverCircuitsFiles.StageName,
                model.Name,
                SelectCircuitsFiles.CircuitFileOf(spec.Discover.ComparePercent)
            )
            : SelectCircuitsFiles.CircuitOf(model, PairSets.First, spec.Discover.ComparePercent);

    /// <summary>The base model and its last checkpoint.</summary>
    internal static StudyModel[] Ends(ExperimentSpec spec, StudyTask task, int number) =>
        [new(task, number, 0), new(task, number, spec.FineTune.Steps)];

    private static ItemInput OfComposition(ExperimentSpec spec, int number, string file) =>
        new(
            DiffCircuitsFiles.StageName,
            spec.ComposesDrawn
                ? DiffCircuitsFiles.ItemOf(StudyTask.Only, number)
                : DiffCircuitsFiles.CompositionOf(number),
            file
        );

    private static bool IsRetrained(StudyModel model) => model.Method != FineTuneMethods.Lora;

    private static IEnumerable<ItemInput> Answers(ExperimentSpec spec) =>
        from task in StudyTask.Trained(spec)
        from repetition in ItemNames.Repetitions(spec.Seeds)
        from method in FineTuneMethods.Of(spec, task)
        select Answers(task, method, repetition.Base, repetition.Adapter);

    private static IEnumerable<ItemInput> OfCircuits(ExperimentSpec spec) =>
        [
            .. StudyModel.All(spec).Select(Evaluation),
            .. StudyModel.Retrained(spec).SelectMany(model => (ItemInput[])[Evaluation(model), RetrainedDiffs(model)]),
            .. StudyModel.Retrained(spec).Select(model => Circuit(spec, model)),
            .. StudyTask
                .TrainedOnBases(spec)
                .SelectMany(trained => StudyModel.Of(spec, trained.Task, trained.Base))
                .Select(model => Circuit(spec, model)),
            .. EvaluateRobustnessFiles.All(spec).Select(row => Robustness(row.Model, row.IsRandom)),
        ];

    private static IEnumerable<ItemInput> OfBases(ExperimentSpec spec) =>
        Enumerable
            .Range(0, spec.Seeds.Bases)
            .SelectMany(number =>
                (ItemInput[])
                    [
                        .. StudyTask.Trained(spec).SelectMany(task => OfBase(spec, task, number)),
                        .. Composes(spec) ? (ItemInput[])[Composition(spec, number), Overlaps(spec, number)] : [],
                        .. HasUnion(spec) ? (ItemInput[])[Union(spec, number)] : [],
                        Shape(number),
                    ]
            );

    private static ItemInput[] OfBase(ExperimentSpec spec, StudyTask task, int number) =>
        [
            BaseAnswers(task, number),
            Metrics(task, number),
            Diffs(task, number),
            Rules(task, number),
            .. FineTuneMethods.Planned(spec, task).Select(method => Plan(task, number, method)),
        ];
}
