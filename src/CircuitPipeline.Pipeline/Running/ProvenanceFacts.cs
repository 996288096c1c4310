using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using CircuitPipeline.Pipeline.Stages;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>Facts recorded beside every result; none of them is part of a key.</summary>
internal sealed class ProvenanceFacts(MachineFacts machine, CacheKeyBuilder keys, string study, int jobs)
{
    /// <param name="item">The item.</param>
    /// <param name="started">When it began.</param>
    /// <param name="took">Its share of the time.</param>
    /// <param name="together">How many items were made in one go.</param>
    public ImmutableSortedDictionary<string, string> Of(
        WorkItem item,
        DateTimeOffset started,
        TimeSpan took,
        int together
    )
    {
        ImmutableSortedDictionary<string, string>.Builder facts = ImmutableSortedDictionary.CreateBuilder<
            string,
            string
        >(StringComparer.Ordinal);
        facts["study"] = study;
        facts["git.commit"] = machine.GitCommit;
        facts["git.dirty"] = machine.GitIsDirty ? "true" : "false";
        facts["host"] = machine.Host;
        facts["processor"] = machine.ProcessorClass;
        facts["system"] = machine.OperatingSystem;
        facts["dotnet"] = machine.Runtime;
        facts["version"] = typeof(ProvenanceFacts).Assembly.GetName().Version!.ToString();
        facts["jobs"] = jobs.ToString(CultureInfo.InvariantCulture);
        facts["started"] = started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        facts["seconds"] = took.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        if (together > 1)
        {
            facts["together"] = together.ToString(CultureInfo.InvariantCulture);
        }

        facts["process.peak_memory_bytes"] = PeakMemory().ToString(CultureInfo.InvariantCulture);
        if (item.UsesEngine)
        {
            facts["engine"] = keys.Engine.Key;
            facts["device"] = keys.Settings.Device;
            facts["numerics"] = keys.Settings.Numerics;
            facts["threads"] = keys.Settings.Threads.ToString(CultureInfo.InvariantCulture);
            foreach ((string name, string value) in keys.Engine.Facts)
            {
                facts[$"engine.{name}"] = value;
            }
        }
        return facts.ToImmutable();
    }

    private static long PeakMemory()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
