using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("DiscoverCircuits")]
[TaskDescription("Scores edges and selects the circuit of every checkpoint.")]
[IsDependentOn(typeof(FineTune))]
public sealed class DiscoverCircuits : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        context.Session.RunStage("DiscoverCircuits", context.Cancellation);
}
