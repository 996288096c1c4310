using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("TestAll")]
[TaskDescription("Compiles, runs all tests and prints their totals as the last line; --filter=, --project=.")]
[IsDependentOn(typeof(Compile))]
public sealed class TestAll : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => TestStep.Run(context, includesSlow: true);
}
