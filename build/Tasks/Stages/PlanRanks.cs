using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("PlanRanks")]
[TaskDescription("Turns the circuit diff into adapter ranks.")]
[IsDependentOn(typeof(DiffCircuits))]
public sealed class PlanRanks : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Session.RunStage("PlanRanks", context.Cancellation);
}
