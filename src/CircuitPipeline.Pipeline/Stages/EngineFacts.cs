using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>The engine as keys and provenance record it.</summary>
/// <param name="Key">Everything that changes the numbers, such as <c>libtorch 2.10.0, MKL 2024.2, oneDNN 3.7.1</c>; part of the keys.</param>
/// <param name="Facts">What is only recorded: packages, paths, driver, device name.</param>
public sealed record EngineFacts(string Key, ImmutableSortedDictionary<string, string> Facts)
{
    /// <summary>One sentence that the user must see, such as on a libtorch of another version; null where there is none.</summary>
    public string? Warning { get; init; }
}
