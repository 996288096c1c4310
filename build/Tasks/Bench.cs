using Cake.Core;
using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Bench")]
[TaskDescription("Runs every project under bench/ in Release.")]
public sealed class Bench : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        if (context.Paths.Benchmarks is [])
        {
            Console.WriteLine("There is no project under 'bench' yet.");
        }

        foreach (string project in context.Paths.Benchmarks)
        {
            if (context.Machine.Run("dotnet", ["run", "--configuration", "Release", "--project", project]) != 0)
            {
                throw new CakeException($"The benchmark '{Paths.NameOf(project)}' failed; its messages are above.");
            }
        }
    }
}
