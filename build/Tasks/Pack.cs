using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Pack")]
[TaskDescription("Packs the tool, the MSBuild task and the libraries into artifacts/packages.")]
[IsDependentOn(typeof(Compile))]
public sealed class Pack : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        Paths paths = context.Paths;
        var plan = PackPlan.For([.. paths.Fronts, .. paths.Libraries], BuildContext.HasVerify);
        new PackRun(context.Machine, paths.Packages, Console.WriteLine).Run(plan);
    }
}
