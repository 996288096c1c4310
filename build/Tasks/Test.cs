using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Test")]
[TaskDescription(
    "Compiles, runs all tests but the slow ones and prints their totals as the last line; --filter=, --project=."
)]
[IsDependentOn(typeof(Compile))]
public sealed class Test : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => TestStep.Run(context, TestFilter.Fast, ProgramOfTests.Browser);
}
