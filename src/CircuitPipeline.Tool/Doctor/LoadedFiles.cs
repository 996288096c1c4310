using CircuitPipeline.Tensors.Loading;

namespace CircuitPipeline.Tool.Doctor;

/// <summary>The native files of the engine that this process has loaded.</summary>
internal static class LoadedFiles
{
    private const string Maps = "/proc/self/maps";

    // libtorch's own parts, OpenMP, the shim, and what CUDA consists of.
    private static readonly string[] Beginnings =
    [
        "libtorch",
        "libc10",
        "libgomp",
        "libLibTorchSharp",
        "libcu",
        "libnv",
        "libnccl",
        "libstdc++",
    ];

    /// <summary>Their paths in order; the system knows them on Linux, elsewhere those that were asked for are all that is known.</summary>
    internal static string[] Of(LoadedLibTorch loaded) =>
        File.Exists(Maps) ? Among(File.ReadLines(Maps)) : [loaded.LibTorch, loaded.Shim];

    /// <param name="maps">The lines of <c>/proc/self/maps</c>, which end with a path.</param>
    internal static string[] Among(IEnumerable<string> maps) =>
        [
            .. maps.Select(line => line.IndexOf('/') is >= 0 and int path ? line[path..].Trim() : "")
                .Where(IsOfEngine)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static bool IsOfEngine(string path) =>
        Path.GetFileName(path) is var name
        && name.Contains(".so", StringComparison.Ordinal)
        && Array.Exists(Beginnings, beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
