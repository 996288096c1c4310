using CircuitPipeline.Attribution;
using CircuitPipeline.Tensors;

namespace CircuitPipeline.Experiments;

/// <summary>What an engine computes with; all of it changes the last bits of results, so all of it is part of the keys.</summary>
/// <param name="Device">The device, <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Threads">How many threads one job uses.</param>
/// <param name="Numerics">Which instructions.</param>
public sealed record EngineSettings(string Device, int Threads, Numerics Numerics)
{
    /// <summary>The numerics as specs and locks write them.</summary>
    public string NumericsWord => Words.Of(Numerics);
}
