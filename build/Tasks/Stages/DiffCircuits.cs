using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("DiffCircuits")]
[TaskDescription("Compares the circuits before and after fine-tuning.")]
[IsDependentOn(typeof(DiscoverCircuits))]
public sealed class DiffCircuits : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Session.RunStage("DiffCircuits", context.Cancellation);
}
