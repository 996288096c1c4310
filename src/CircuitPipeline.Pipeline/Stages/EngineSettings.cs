namespace CircuitPipeline.Pipeline.Stages;

/// <summary>What an engine computes with; all of it changes the last bits of results, so all of it is part of the keys.</summary>
/// <param name="Device">The device, <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Threads">How many threads one job uses.</param>
/// <param name="Numerics">Which instructions, in the engine's own word.</param>
public sealed record EngineSettings(string Device, int Threads, string Numerics);
