using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Pack")]
[TaskDescription(
    "Packs the tool and the MSBuild task into artifacts/packages, the libraries where the supply allows it."
)]
[IsDependentOn(typeof(Compile))]
public sealed class Pack : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        Paths paths = context.Paths;
        var plan = PackPlan.For(BuildContext.StandIns, paths.Fronts, paths.Libraries);
        new PackRun(context.Machine, paths.Packages, Console.WriteLine).Run(plan);
    }
}
