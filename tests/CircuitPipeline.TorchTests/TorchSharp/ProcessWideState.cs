using Xunit;

namespace CircuitPipeline.TorchTests.Engine;

/// <summary>Tests that read or change what the whole process shares: the live-tensor count, the default generator, the number of threads.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWideState
{
    public const string Name = "process-wide state";
}
