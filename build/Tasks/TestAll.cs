using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("TestAll")]
[TaskDescription(
    "Compiles, runs all tests but those for a GPU and prints their totals as the last line; --filter=, --project=."
)]
[IsDependentOn(typeof(Compile))]
public sealed class TestAll : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) =>
        TestStep.Run(context, TestFilter.Everywhere, ProgramOfTests.Browser, ProgramOfTests.Emulator);
}
