using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("TestGpu")]
[TaskDescription(
    "Compiles, runs the tests that need a CUDA device and prints their totals as the last line; --filter=."
)]
[IsDependentOn(typeof(Compile))]
public sealed class TestGpu : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => TestStep.Run(context, TestFilter.Gpu);
}
