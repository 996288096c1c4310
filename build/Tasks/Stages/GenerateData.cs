using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("GenerateData")]
[TaskDescription("Makes the corpora, the prompt pairs and the vocabulary.")]
public sealed class GenerateData : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Session.RunStage("GenerateData", context.Cancellation);
}
