using System.Text.RegularExpressions;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>What the loaded libtorch says of itself; TorchSharp's <c>torch.__version__</c> is a constant of TorchSharp.</summary>
/// <param name="Version">Its version, such as <c>2.10.0</c>; null where it does not say.</param>
/// <param name="CpuCapability">The instructions that its own kernels use: <c>AVX512</c>, <c>AVX2</c>, <c>DEFAULT</c> …; null where it does not say.</param>
/// <param name="Cuda">The version of the CUDA runtime that it is built for; null without one.</param>
/// <param name="CuDnn">The version of cuDNN; null without one.</param>
/// <param name="Mkl">The version of Intel's MKL, which multiplies matrices on a processor; null without it.</param>
/// <param name="OneDnn">The version of oneDNN, which convolves there; null without it.</param>
public sealed partial record LibTorchBuild(
    string? Version,
    string? CpuCapability,
    string? Cuda,
    string? CuDnn,
    string? Mkl,
    string? OneDnn
)
{
    private static readonly Lazy<LibTorchBuild> Current = new(() => Of(LibTorchLoader.Load()));

    /// <summary>What is said of the libtorch of this process, which is loaded for it.</summary>
    /// <exception cref="LibTorchNotLoadedException">It cannot be loaded.</exception>
    public static LibTorchBuild OfThisProcess => Current.Value;

    /// <summary>The version, or words that say that it is not known.</summary>
    public string VersionText => Version ?? "of unknown version";

    /// <summary>The libraries whose versions decide, beside libtorch's own, what a processor computes: <c>MKL 2024.2, oneDNN 3.7.1</c>.</summary>
    public string CpuLibraries => $"MKL {Mkl ?? "none"}, oneDNN {OneDnn ?? "none"}";

    /// <summary>The libraries whose versions decide, beside libtorch's own, what CUDA computes: <c>CUDA 13.0, cuDNN 9.19.0</c>.</summary>
    public string CudaLibraries => $"CUDA {Cuda ?? "none"}, cuDNN {CuDnn ?? "none"}";

    /// <summary>One sentence where TorchSharp is built on another libtorch than this; null where they fit.</summary>
    public string? Warning => WarningFor(Version, LibTorchLoader.LibTorchVersion);

    /// <summary>Minor versions of libtorch change its binary interface; patches do not.</summary>
    internal static string? WarningFor(string? found, string expected) =>
        found is null || found.StartsWith($"{Minor(expected)}.", StringComparison.Ordinal)
            ? null
            : $"The libtorch that was loaded is {found}, but TorchSharp {LibTorchLoader.TorchSharpVersion} is built on {expected}: calls that "
                + $"changed in between fail or end the process; name a libtorch {Minor(expected)} in LIBTORCH if one does.";

    /// <summary>Reads the texts that libtorch gives, and asks the files beside it where it gives none.</summary>
    internal static LibTorchBuild Of(LoadedLibTorch loaded)
    {
        string config = NativeText.Of(loaded.LibTorchHandle, NativeText.ShowConfig) ?? "";
        return new LibTorchBuild(
            Found(VersionInConfig().Match(config)) ?? VersionBeside(Path.GetDirectoryName(loaded.LibTorch)!),
            NativeText.Of(loaded.LibTorchHandle, NativeText.CpuCapability),
            Found(CudaInConfig().Match(config)),
            Found(CuDnnInConfig().Match(config)),
            Found(MklInConfig().Match(config)),
            Found(OneDnnInConfig().Match(config))
        );
    }

    /// <summary>The version by the files around libtorch: those of its own archive, of PyTorch, or of its package.</summary>
    /// <param name="folder">Where its libraries lie.</param>
    internal static string? VersionBeside(string folder)
    {
        string above = Path.GetDirectoryName(folder) ?? folder;
        string archive = Path.Combine(above, "build-version");
        if (File.Exists(archive))
        {
            return File.ReadAllText(archive).Trim();
        }

        string python = Path.Combine(above, "version.py");
        if (File.Exists(python))
        {
            return Found(VersionInPython().Match(File.ReadAllText(python)));
        }

        return Found(VersionInPath().Match(folder));
    }

    private static string? Found(Match match) => match.Success ? match.Groups[1].Value : null;

    private static string Minor(string version) => string.Join('.', version.Split('.').Take(2));

    [GeneratedRegex(@"TORCH_VERSION=([^,\s]+)")]
    private static partial Regex VersionInConfig();

    // The first where a device is there, the second always.
    [GeneratedRegex(@"(?:CUDA Runtime |CUDA_VERSION=)(\d[\d.]*\d)")]
    private static partial Regex CudaInConfig();

    // The library says 9.19.0 as 91.9, how it was built says it whole.
    [GeneratedRegex(@"CUDNN_VERSION=(\d[\d.]*\d)")]
    private static partial Regex CuDnnInConfig();

    [GeneratedRegex(@"Math Kernel Library Version (\d[\d.]*\d)")]
    private static partial Regex MklInConfig();

    [GeneratedRegex(@"MKL-DNN v(\d[\d.]*\d)")]
    private static partial Regex OneDnnInConfig();

    [GeneratedRegex(@"^__version__ = '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex VersionInPython();

    // A package's folder: NAME/VERSION/runtimes/PLATFORM/native.
    [GeneratedRegex(@"[\\/](\d+\.\d+\.\d+[^\\/]*)[\\/]runtimes[\\/][^\\/]+[\\/]native[\\/]?$")]
    private static partial Regex VersionInPath();
}
