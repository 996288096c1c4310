using Cake.Core;
using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Pack")]
[TaskDescription("Packs the libraries, where the supply allows it.")]
[IsDependentOn(typeof(Compile))]
public sealed class Pack : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        Console.WriteLine("The packages of the tool and of the MSBuild task do not exist yet.");
        if (BuildContext.TorchSharpSupply == "system")
        {
            Console.WriteLine(
                "The libraries are not packed, because TorchSharp is a stand-in here and a package must depend on the original."
            );
            return;
        }

        foreach (string library in context.Paths.Libraries)
        {
            string[] arguments =
            [
                "pack",
                library,
                "--configuration",
                "Release",
                "--output",
                context.Paths.Packages,
                "-p:IsPackable=true",
            ];
            if (context.Machine.Run("dotnet", arguments) != 0)
            {
                throw new CakeException($"'{Paths.NameOf(library)}' cannot be packed; the messages are above.");
            }
        }
    }
}
