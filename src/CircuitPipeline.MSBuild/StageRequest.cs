using System.Collections.Immutable;
using Microsoft.Build.Framework;

namespace CircuitPipeline.MSBuild;

/// <summary>An item <c>Experiment</c> as it is run: its file and its metadata.</summary>
internal sealed record StageRequest(string File, string Root, string Device, string Numerics, string Jobs, string Tool)
{
    /// <summary>What a later run must have in common with this one to have nothing to do; results do not depend on the jobs, but for rounding with fast numerics.</summary>
    public ImmutableArray<string> Settings =>
        [
            $"experiment {ContentDigest.OfFile(File)}",
            $"tool {Tool}",
            $"tool's files {ContentDigest.OfProgram(Tool)}",
            $"root {Root}",
            $"device {Device}",
            $"numerics {Numerics}",
            $"engine {Environment.GetEnvironmentVariable("LIBTORCH")} {Environment.GetEnvironmentVariable("LIBTORCH_USE_PYTORCH")}",
        ];

    /// <summary>Reads an item; relative paths are the project's.</summary>
    public static StageRequest Of(ITaskItem experiment, string tool) =>
        new(
            experiment.GetMetadata("FullPath"),
            Path.GetFullPath(experiment.GetMetadata("Root") is { Length: > 0 } root ? root : "."),
            experiment.GetMetadata("Device") is { Length: > 0 } device ? device : "cpu",
            experiment.GetMetadata("Numerics"),
            experiment.GetMetadata("Jobs"),
            Path.GetFullPath(tool)
        );
}
