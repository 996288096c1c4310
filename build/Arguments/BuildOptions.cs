using System.Collections.Immutable;
using System.Globalization;
using Cake.Core;
using CircuitPipeline.Attribution;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Reproducibility;

namespace CircuitPipeline.BuildHost;

/// <summary>The values of the command line, after <see cref="CommandLineCheck"/> found nothing wrong with them.</summary>
public sealed record BuildOptions
{
    public string Experiment { get; init; } = "tiny";

    /// <summary>Values over the experiment's own, as <c>fine_tune.rank=8</c>.</summary>
    public ImmutableArray<string> Set { get; init; } = [];

    public string Device { get; init; } = Devices.Cpu;

    /// <summary>Null leaves it to the experiment.</summary>
    public Numerics? Numerics { get; init; }

    /// <summary>By default one work item per processor; a work item computes with the spec's threads, usually one.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>In bytes; null for what the work needs.</summary>
    public long? Memory { get; init; }

    /// <summary>Null leaves it to the session.</summary>
    public TimeSpan? StateInterval { get; init; }

    public bool UpdateLock { get; init; }

    public string? Filter { get; init; }

    public string? Project { get; init; }

    public bool Fix { get; init; }

    public bool Store { get; init; }

    public static BuildOptions From(ICakeArguments arguments)
    {
        string? Last(string name) => arguments.GetArguments(name).LastOrDefault();

        return new()
        {
            Experiment = Last("experiment") ?? "tiny",
            Set = [.. arguments.GetArguments("set")],
            Device = Last("device") ?? Devices.Cpu,
            Numerics = Last("numerics") is { } word ? EnumNames.Parse<Numerics>(word) : null,
            Jobs = Last("jobs") is { } jobs
                ? int.Parse(jobs, CultureInfo.InvariantCulture)
                : Devices.DefaultJobs(Last("device"), Environment.ProcessorCount),
            Memory = Last("memory") is { } memory ? ByteSize.Parse(memory, "--memory") : null,
            StateInterval = Last("state-seconds") is { } seconds
                ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))
                : null,
            UpdateLock = arguments.HasArgument("update-lock"),
            Filter = Last("filter"),
            Project = Last("project"),
            Fix = arguments.HasArgument("fix"),
            Store = arguments.HasArgument("store"),
        };
    }
}
