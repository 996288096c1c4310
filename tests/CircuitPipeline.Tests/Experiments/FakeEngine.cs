using System.Collections.Immutable;
using CircuitPipeline.Experiments;

namespace CircuitPipeline.Tests.Experiments;

/// <summary>An engine that computes nothing and remembers how it was prepared.</summary>
internal sealed class FakeEngine(string key) : IEngine
{
    public List<(string Device, int Threads)> Prepared { get; } = [];

    public string? Warning { get; init; }

    public EngineFacts Describe(string device) =>
        new(key, ImmutableSortedDictionary<string, string>.Empty.Add("blas", "none")) { Warning = Warning };

    public void Prepare(string device, int threads) => Prepared.Add((device, threads));
}
