using Cake.Core;
using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Format")]
[TaskDescription("Checks that all code is formatted; --fix formats it.")]
public sealed class Format : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        string command = context.Options.Fix ? "format" : "check";
        if (context.Machine.Run("dotnet", ["csharpier", command, context.Paths.Root]) != 0)
        {
            throw new CakeException("Some files are not formatted; 'dotnet cake --target=Format --fix' formats them.");
        }
    }
}
