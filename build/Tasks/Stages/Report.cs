using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Report")]
[TaskDescription("Writes the page and the tables.")]
[IsDependentOn(typeof(EvaluateCircuits))]
[IsDependentOn(typeof(Retrain))]
public sealed class Report : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Session.RunStage("Report", context.Cancellation);
}
