using Cake.Core;
using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Compile")]
[TaskDescription("Compiles the whole solution in Release.")]
public sealed class Compile : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        string[] arguments =
        [
            "build",
            context.Paths.Solution,
            "--configuration",
            "Release",
            "--verbosity",
            "quiet",
            "--nologo",
        ];
        if (context.Machine.Run("dotnet", arguments) != 0)
        {
            throw new CakeException("The solution does not compile; the compiler's messages are above.");
        }
    }
}
