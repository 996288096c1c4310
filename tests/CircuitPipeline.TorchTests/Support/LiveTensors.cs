using Xunit;

namespace CircuitPipeline.TorchTests;

/// <summary>Tests that count the process's live tensors run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LiveTensors
{
    public const string Name = "live tensors";
}
