using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Toolchain")]
[TaskDescription("Installs what the tensor engine needs and builds its native file.")]
public sealed class Toolchain : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        new ToolchainStep(context.Machine, context.Paths.ToolchainLog, Console.WriteLine).Run(
            BuildContext.TorchSharpSupply
        );
}
