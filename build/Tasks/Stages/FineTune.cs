using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("FineTune")]
[TaskDescription("Fine-tunes the base model on the target task and keeps checkpoints.")]
[IsDependentOn(typeof(Pretrain))]
public sealed class FineTune : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Session.RunStage("FineTune", context.Cancellation);
}
