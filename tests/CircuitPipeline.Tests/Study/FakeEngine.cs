using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Stages;

namespace CircuitPipeline.Tests.Studies;

/// <summary>An engine that computes nothing and remembers how it was prepared.</summary>
internal sealed class FakeEngine(string key) : IEngine
{
    public List<EngineSettings> Prepared { get; } = [];

    public string? Warning { get; init; }

    public EngineFacts Describe(EngineSettings settings) =>
        new(key, ImmutableSortedDictionary<string, string>.Empty.Add("blas", "none")) { Warning = Warning };

    public void Prepare(EngineSettings settings) => Prepared.Add(settings);
}
