using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>The files that the report is made from.</summary>
internal static class ReportInputs
{
    /// <summary>What was read from files of pairs; only where there are some.</summary>
    internal static ItemInput Imports { get; } =
        new(GenerateDataFiles.StageName, GenerateDataFiles.ImportItem, GenerateDataFiles.ImportName);

    /// <summary>Where the base model is from; only where it is a checkpoint.</summary>
    internal static ItemInput Origin { get; } =
        new(PretrainFiles.StageName, ItemNames.Base(0), PretrainFiles.OriginName);

    internal static IEnumerable<ItemInput> Of(ExperimentSpec spec) =>
        [
            .. Answers(spec),
            .. OfCircuits(spec),
            .. OfBases(spec),
            .. HasImports(spec) ? (ItemInput[])[Imports] : [],
            .. spec.FromScratch is null ? (ItemInput[])[Origin] : [],
        ];

    /// <summary>Whether sets of pairs are read from files.</summary>
    internal static bool HasImports(ExperimentSpec spec) => spec.Pairs?.Named.Any() == true;

    /// <summary>Which test prompts a run of a method answered rightly.</summary>
    internal static ItemInput Answers(string method, int number, int adapter) =>
        new(
            method == FineTuneMethods.Lora ? FineTuneFiles.StageName : RetrainFiles.StageName,
            ItemNames.Run(method, number, adapter),
            FineTuneRun.TestName
        );

    /// <summary>Which test prompts a base model answered rightly.</summary>
    internal static ItemInput BaseAnswers(int number) =>
        new(FineTuneFiles.StageName, ItemNames.Run(FineTuneMethods.Lora, number, 0), FineTuneRun.BaseTestName);

    internal static ItemInput Metrics(int number) =>
        new(FineTuneFiles.StageName, ItemNames.Run(FineTuneMethods.Lora, number, 0), TrainingMetrics.FileName);

    internal static ItemInput Evaluation(StudyModel model) =>
        new(EvaluateCircuitsFiles.StageName, model.Name, EvaluateCircuitsFiles.EvaluationName);

    internal static ItemInput Diffs(int number) =>
        new(DiffCircuitsFiles.StageName, DiffCircuitsFiles.ItemOf(number), DiffCircuitsFiles.DiffsName);

    internal static ItemInput Composition(int number) =>
        new(DiffCircuitsFiles.StageName, DiffCircuitsFiles.ItemOf(number), DiffCircuitsFiles.CompositionName);

    internal static ItemInput Plan(int number, string method) =>
        new(PlanRanksFiles.StageName, PlanRanksFiles.ItemOf(number), PlanRanksFiles.PlanFile(method));

    internal static ItemInput Rules(int number) =>
        new(PlanRanksFiles.StageName, PlanRanksFiles.ItemOf(number), PlanRanksFiles.RulesName);

    internal static ItemInput Shape(int number) =>
        new(PretrainFiles.StageName, ItemNames.Base(number), Checkpoint.ConfigFile);

    internal static ItemInput Circuit(ExperimentSpec spec, StudyModel model) =>
        SelectCircuitsFiles.CircuitOf(model, PairSets.First, spec.Discover.ComparePercent);

    /// <summary>The base model and its last checkpoint.</summary>
    internal static StudyModel[] Ends(ExperimentSpec spec, int number) =>
        [new(number, 0), new(number, spec.FineTune.Steps)];

    private static IEnumerable<ItemInput> Answers(ExperimentSpec spec) =>
        from repetition in ItemNames.Repetitions(spec.Seeds)
        from method in MethodResults.Trained
        select Answers(method, repetition.Base, repetition.Adapter);

    private static IEnumerable<ItemInput> OfCircuits(ExperimentSpec spec) =>
        [
            .. StudyModel.All(spec).Select(Evaluation),
            .. ReportInputs.Ends(spec, 0).Select(model => Circuit(spec, model)),
        ];

    private static IEnumerable<ItemInput> OfBases(ExperimentSpec spec) =>
        Enumerable
            .Range(0, spec.Seeds.Bases)
            .SelectMany(number =>
                (ItemInput[])
                    [
                        BaseAnswers(number),
                        Metrics(number),
                        Diffs(number),
                        .. spec.Composes ? (ItemInput[])[Composition(number)] : [],
                        Rules(number),
                        .. MethodResults.Adapters.Select(method => Plan(number, method)),
                        Shape(number),
                    ]
            );
}
