using CircuitPipeline.Models;

namespace CircuitPipeline.Experiments;

/// <summary>The files that the report is made from.</summary>
internal static class ReportInputs
{
    internal static IEnumerable<ItemInput> Of(ExperimentSpec spec) =>
        [.. Answers(spec), .. OfCircuits(spec), .. OfBases(spec)];

    /// <summary>Which test prompts a run of a method answered rightly.</summary>
    internal static ItemInput Answers(string method, int number, int adapter) =>
        new(
            method == FineTuneStage.Method ? FineTuneStage.StageName : RetrainStage.StageName,
            ItemNames.Run(method, number, adapter),
            FineTuneRun.TestName
        );

    /// <summary>Which test prompts a base model answered rightly.</summary>
    internal static ItemInput BaseAnswers(int number) =>
        new(FineTuneStage.StageName, ItemNames.Run(FineTuneStage.Method, number, 0), FineTuneRun.BaseTestName);

    internal static ItemInput Metrics(int number) =>
        new(FineTuneStage.StageName, ItemNames.Run(FineTuneStage.Method, number, 0), PretrainStage.MetricsName);

    internal static ItemInput Evaluation(StudyModel model) =>
        new(EvaluateCircuitsStage.StageName, model.Name, EvaluateCircuitsStage.EvaluationName);

    internal static ItemInput Changes(int number) =>
        new(DiffCircuitsStage.StageName, DiffCircuitsStage.ItemOf(number), DiffCircuitsStage.ChangesName);

    internal static ItemInput Composition(int number) =>
        new(DiffCircuitsStage.StageName, DiffCircuitsStage.ItemOf(number), DiffCircuitsStage.CompositionName);

    internal static ItemInput Plan(int number, string method) =>
        new(PlanRanksStage.StageName, PlanRanksStage.ItemOf(number), PlanRanksStage.PlanFile(method));

    internal static ItemInput Rules(int number) =>
        new(PlanRanksStage.StageName, PlanRanksStage.ItemOf(number), PlanRanksStage.RulesName);

    internal static ItemInput Circuit(ExperimentSpec spec, StudyModel model) =>
        DiscoverCircuitsStage.CircuitOf(model, StudyPairs.First, spec.Discover.ComparePercent);

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
                        Changes(number),
                        Composition(number),
                        Rules(number),
                        .. MethodResults.Adapters.Select(method => Plan(number, method)),
                        new(PretrainStage.StageName, ItemNames.Base(number), Checkpoint.ConfigFile),
                    ]
            );
}
