using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Retrain")]
[TaskDescription("Fine-tunes again with the planned ranks.")]
[IsDependentOn(typeof(PlanRanks))]
public sealed class Retrain : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Session.RunStage("Retrain", context.Cancellation);
}
