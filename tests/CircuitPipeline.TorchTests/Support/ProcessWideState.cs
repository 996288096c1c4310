using Xunit;

namespace CircuitPipeline.TorchTests;

/// <summary>Tests that count live tensors, or change what the whole process shares, run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWideState
{
    public const string Name = "process-wide state";
}
