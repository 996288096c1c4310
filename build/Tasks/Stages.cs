using Cake.Frosting;
using CircuitPipeline.Study;

namespace CircuitPipeline.BuildHost;

// Each task is the stage of its name; a test holds names, descriptions and arrows to those of StudyStages.

/// <summary>Runs the stage of the task's name.</summary>
public abstract class StageTask : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        StudySession.RunAll(
            context.Sessions,
            session => session.RunStage(TaskNames.Of(GetType()), context.Cancellation)
        );
}

[TaskName("GenerateData")]
[TaskDescription(StageTexts.GenerateData)]
public sealed class GenerateData : StageTask;

[TaskName("Pretrain")]
[TaskDescription(StageTexts.Pretrain)]
[IsDependentOn(typeof(GenerateData))]
public sealed class Pretrain : StageTask;

[TaskName("FineTune")]
[TaskDescription(StageTexts.FineTune)]
[IsDependentOn(typeof(Pretrain))]
public sealed class FineTune : StageTask;

[TaskName("AttributeEdges")]
[TaskDescription(StageTexts.AttributeEdges)]
[IsDependentOn(typeof(FineTune))]
public sealed class AttributeEdges : StageTask;

[TaskName("SelectCircuits")]
[TaskDescription(StageTexts.SelectCircuits)]
[IsDependentOn(typeof(AttributeEdges))]
public sealed class SelectCircuits : StageTask;

[TaskName("DiscoverCircuits")]
[TaskDescription(StageTexts.DiscoverCircuits)]
[IsDependentOn(typeof(SelectCircuits))]
public sealed class DiscoverCircuits : StageTask;

[TaskName("EvaluateCircuits")]
[TaskDescription(StageTexts.EvaluateCircuits)]
[IsDependentOn(typeof(SelectCircuits))]
public sealed class EvaluateCircuits : StageTask;

[TaskName("DiffCircuits")]
[TaskDescription(StageTexts.DiffCircuits)]
[IsDependentOn(typeof(SelectCircuits))]
public sealed class DiffCircuits : StageTask;

[TaskName("PlanRanks")]
[TaskDescription(StageTexts.PlanRanks)]
[IsDependentOn(typeof(DiffCircuits))]
public sealed class PlanRanks : StageTask;

[TaskName("Retrain")]
[TaskDescription(StageTexts.Retrain)]
[IsDependentOn(typeof(PlanRanks))]
public sealed class Retrain : StageTask;

[TaskName("RediscoverCircuits")]
[TaskDescription(StageTexts.RediscoverCircuits)]
[IsDependentOn(typeof(Retrain))]
public sealed class RediscoverCircuits : StageTask;

[TaskName("EvaluateRobustness")]
[TaskDescription(StageTexts.EvaluateRobustness)]
[IsDependentOn(typeof(FineTune))]
public sealed class EvaluateRobustness : StageTask;

[TaskName("Report")]
[TaskDescription(StageTexts.Report)]
[IsDependentOn(typeof(EvaluateCircuits))]
[IsDependentOn(typeof(RediscoverCircuits))]
[IsDependentOn(typeof(EvaluateRobustness))]
public sealed class Report : StageTask;
