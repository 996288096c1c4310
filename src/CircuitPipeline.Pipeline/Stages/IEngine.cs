using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>What the runner must know of the tensor engine, so that the runner itself needs none.</summary>
public interface IEngine
{
    /// <summary>Says what computes; called once, and only when an item that uses the engine is decided.</summary>
    /// <param name="settings">What will be computed with; the numerics are fixed by this call.</param>
    /// <exception cref="InvalidExperimentException">This machine or this process cannot compute with these settings.</exception>
    EngineFacts Describe(EngineSettings settings);

    /// <summary>Prepares the calling thread for one job.</summary>
    /// <param name="settings">What the job computes with.</param>
    void Prepare(EngineSettings settings);
}

/// <summary>The engine as keys and provenance record it.</summary>
/// <param name="Key">Everything that changes the numbers, such as <c>libtorch 2.10.0, MKL 2024.2, oneDNN 3.7.1</c>; part of the keys.</param>
/// <param name="Facts">What is only recorded: packages, paths, driver, device name.</param>
public sealed record EngineFacts(string Key, ImmutableSortedDictionary<string, string> Facts)
{
    /// <summary>One sentence that the user must see, such as on a libtorch of another version; null where there is none.</summary>
    public string? Warning { get; init; }
}

/// <summary>What an engine computes with; all of it changes the last bits of results, so all of it is part of the keys.</summary>
/// <param name="Device">The device, <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Threads">How many threads one job uses.</param>
/// <param name="Numerics">Which instructions, in the engine's own word.</param>
public sealed record EngineSettings(string Device, int Threads, string Numerics);
