using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Pretrain")]
[TaskDescription("Trains the base model from scratch.")]
[IsDependentOn(typeof(GenerateData))]
public sealed class Pretrain : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Session.RunStage("Pretrain", context.Cancellation);
}
