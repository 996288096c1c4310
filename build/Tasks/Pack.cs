using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Pack")]
[TaskDescription("Packs the tool, the MSBuild task and the libraries into artifacts/packages.")]
[IsDependentOn(typeof(Compile))]
public sealed class Pack : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        // Every package would carry or ask for 5 GB.
        if (BuildContext.HasCuda)
        {
            throw new WrongInputException(
                "Packages carry no libtorch, but this build has the one with CUDA inside; run 'dotnet cake --torch=cpu --target=Pack'."
            );
        }

        Paths paths = context.Paths;
        PackPlan plan = PackPlan.For([.. paths.Fronts, .. paths.Libraries], BuildContext.HasVerify);
        new PackRun(context.Machine, paths.Packages, Console.WriteLine).Run(plan);
    }
}
