using System.Globalization;
using CircuitPipeline.Tensors.Loading;

namespace CircuitPipeline.Tool.Doctor;

/// <summary>The facts of the tensor engine on a device, for machines.</summary>
internal sealed record EngineReport
{
    /// <summary>What was asked for, <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Which instructions were asked for, <c>fast</c> or <c>reproducible</c>.</summary>
    public required string Numerics { get; init; }

    /// <summary>TorchSharp's version.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>The libtorch that TorchSharp is built on.</summary>
    public required string LibTorchExpected { get; init; }

    /// <summary>The libtorch that was loaded; null where it does not say its version.</summary>
    public required string? LibTorch { get; init; }

    /// <summary>The CUDA runtime that libtorch is built for; null without one.</summary>
    public required string? Cuda { get; init; }

    /// <summary>cuDNN's version; null without one.</summary>
    public required string? CuDnn { get; init; }

    /// <summary>Instructions of the processor that libtorch's own kernels use.</summary>
    public required string? InstructionSet { get; init; }

    /// <summary>Threads inside a native call.</summary>
    public required int Threads { get; init; }

    /// <summary>The native files that were loaded.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What computes; null where there is no such device.</summary>
    public DeviceFacts? DeviceFacts { get; init; }

    /// <summary>How far the device is from the processor in float64.</summary>
    public IReadOnlyList<TrialResult> Trials { get; init; } = [];

    /// <summary>The facts as findings, in the order in which one thing needs the other.</summary>
    internal IEnumerable<Finding> Findings(LoadedLibTorch loaded, string? warning)
    {
        yield return new Finding("libtorch", true, $"{LibTorch ?? "of unknown version"} in '{loaded.LibTorch}'");
        yield return new Finding(
            "TorchSharp",
            true,
            $"{TorchSharp}, '{loaded.Shim}'"
                + (loaded.IsShimWeakened ? " (a private copy, because this system's libstdc++ is older)" : "")
        );
        if (warning is not null)
        {
            yield return new Finding("versions", true, $"warning: {warning.TrimEnd('.')}");
        }

        foreach (IGrouping<string, string> folder in Files.GroupBy(file => Path.GetDirectoryName(file)!))
        {
            yield return new Finding(
                "files",
                true,
                $"{string.Join(", ", folder.Select(Path.GetFileName))} in '{folder.Key}'"
            );
        }

        yield return new Finding("threads", true, $"{Threads} inside a native call");
        yield return new Finding(
            "instructions",
            true,
            $"{InstructionSet ?? "libtorch does not say which"}, numerics '{Numerics}'"
        );
        yield return new Finding(
            "CUDA",
            true,
            Cuda is null ? "libtorch is built without it" : $"runtime {Cuda}{(CuDnn is null ? "" : $", cuDNN {CuDnn}")}"
        );
        if (DeviceFacts is { } facts)
        {
            yield return new Finding(
                "device",
                true,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Device}, {facts.Name ?? "of unknown name"}{(facts.Driver is null ? "" : $", driver {facts.Driver}")}, {Gigabytes(facts.FreeBytes)} of {Gigabytes(facts.MemoryBytes)} free"
                )
            );
        }

        foreach (TrialResult trial in Trials)
        {
            yield return new Finding(
                trial.What,
                trial.Ok,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"in {trial.Dtype} on {Device} within {trial.Difference:0.0e+0} of the processor in float64, of {trial.Bound:0e+0} allowed"
                ),
                trial.Ok
                    ? null
                    : $"do not trust what '{Device}' computes here with this libtorch; compute with '--device cpu'"
            );
        }
    }

    private static string Gigabytes(long bytes) =>
        bytes == 0 ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");
}
