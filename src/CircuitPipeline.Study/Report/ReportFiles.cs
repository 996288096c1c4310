using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Planning;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>Reads the files that the report is made from.</summary>
internal sealed class ReportFiles(ExperimentSpec spec, StudyTask task, WorkItemContext context)
{
    /// <summary>What was read from files of pairs; null where all sets are drawn.</summary>
    internal ImportReport? Imports { get; } =
        context.Inputs.TryGetValue(ReportInputs.Imports(task), out string? imports)
            ? StageJson.Read<ImportReport>(imports)
            : null;

    /// <summary>The task.</summary>
    internal StudyTask Task { get; } = task;

    /// <summary>The base model's shape.</summary>
    internal TransformerConfig Shape { get; } = HuggingFaceConfig.Read(context.Inputs[ReportInputs.Shape(0)]);

    /// <summary>Where the base model is from; null where it was trained here.</summary>
    internal BaseModelOrigin? Origin { get; } =
        context.Inputs.TryGetValue(ReportInputs.Origin, out string? origin)
            ? StageJson.Read<BaseModelOrigin>(origin)
            : null;

    internal TestAnswers Answers(string method, int number, int adapter) =>
        StageJson.Read<TestAnswers>(context.Inputs[ReportInputs.Answers(Task, method, number, adapter)]);

    internal TestAnswers BaseAnswers(int number) =>
        StageJson.Read<TestAnswers>(context.Inputs[ReportInputs.BaseAnswers(Task, number)]);

    internal TrainingMetrics Metrics(int number) =>
        StageJson.Read<TrainingMetrics>(context.Inputs[ReportInputs.Metrics(Task, number)]);

    internal CircuitQuality[] Evaluation(StudyModel model) =>
        StageJson.Read<CircuitQuality[]>(context.Inputs[ReportInputs.Evaluation(model)]);

    internal RetrainedDiff[] RetrainedDiffs(StudyModel model) =>
        StageJson.Read<RetrainedDiff[]>(context.Inputs[ReportInputs.RetrainedDiffs(model)]);

    internal ModelDiff[] Diffs(int number) =>
        StageJson.Read<ModelDiff[]>(context.Inputs[ReportInputs.Diffs(Task, number)]);

    internal CompositionMeasure[] Composition(int number) =>
        StageJson.Read<CompositionMeasure[]>(context.Inputs[ReportInputs.Composition(spec, number)]);

    internal CompositionOverlap[] Overlaps(int number) =>
        StageJson.Read<CompositionOverlap[]>(context.Inputs[ReportInputs.Overlaps(spec, number)]);

    internal UnionChange Union(int number) =>
        StageJson.Read<UnionChange>(context.Inputs[ReportInputs.Union(spec, number)]);

    internal CircuitRobustness Robustness(StudyModel model, bool isRandom) =>
        StageJson.Read<CircuitRobustness>(context.Inputs[ReportInputs.Robustness(model, isRandom)]);

    internal LayerRuleSums[] Rules(int number) =>
        StageJson.Read<LayerRuleSums[]>(context.Inputs[ReportInputs.Rules(Task, number)]);

    internal RankPlan Plan(int number, string method) =>
        RankPlanFile.Read(context.Inputs[ReportInputs.Plan(Task, number, method)]);

    internal Circuit Circuit(StudyModel model) => CircuitFile.Read(context.Inputs[ReportInputs.Circuit(spec, model)]);
}
