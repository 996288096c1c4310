using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("EvaluateCircuits")]
[TaskDescription("Measures how faithful the circuits are.")]
[IsDependentOn(typeof(DiscoverCircuits))]
public sealed class EvaluateCircuits : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Session.RunStage("EvaluateCircuits", context.Cancellation);
}
