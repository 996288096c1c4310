using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LibTorch;

/// <summary>
/// Finds the libtorch to use, as Rust's tch does: the folder that <c>LIBTORCH</c> names; with
/// <c>LIBTORCH_USE_PYTORCH=1</c> the one inside the Python package torch; else the distribution's.
/// </summary>
public static partial class LibTorchLocator
{
    private static readonly string[] SystemRoots = ["/usr", "/usr/local"];

    /// <summary>Null where there is none, or no headers of it.</summary>
    public static LibTorchInstallation? Find(Func<string, string?> environment)
    {
        if (environment("LIBTORCH") is { Length: > 0 } folder)
            return At("LIBTORCH", folder);
        if (environment("LIBTORCH_USE_PYTORCH") == "1")
            return PythonPackageFolder() is { } package ? At("PyTorch", package) : null;
        return SystemRoots.Select(root => At("system", root)).FirstOrDefault(found => found is not null);
    }

    private static LibTorchInstallation? At(string origin, string root)
    {
        string include = Path.Combine(root, "include");
        string header = Path.Combine(include, "torch/csrc/api/include/torch/version.h");
        string[] libraryFolders = [Path.Combine(root, "lib"), Path.Combine(root, "lib", $"{Architecture}-linux-gnu")];
        string? library = libraryFolders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "libtorch_cpu.so")));
        if (library is null || !File.Exists(header))
            return null;

        string config = ReadFirst([
            Path.Combine(root, "share/cmake/Torch/TorchConfig.cmake"),
            Path.Combine(library, "cmake/Torch/TorchConfig.cmake"),
        ]);
        int standard = StandardPattern().Match(config) is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : 17;
        return new LibTorchInstallation(
            origin,
            root,
            include,
            library,
            VersionOf(File.ReadAllText(header)),
            Math.Max(17, standard),
            !config.Contains("_GLIBCXX_USE_CXX11_ABI=0", StringComparison.Ordinal)
        );
    }

    private static string Architecture =>
        System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
        is System.Runtime.InteropServices.Architecture.Arm64
            ? "aarch64"
            : "x86_64";

    private static string VersionOf(string header)
    {
        string[] parts = [.. VersionPattern().Matches(header).Select(match => match.Groups[1].Value)];
        return parts.Length == 0 ? "unknown" : string.Join('.', parts);
    }

    private static string ReadFirst(string[] candidates) =>
        candidates.FirstOrDefault(File.Exists) is { } path ? File.ReadAllText(path) : "";

    /// <summary>Asks the interpreter where the package is without importing it, which would take seconds.</summary>
    private static string? PythonPackageFolder()
    {
        const string script =
            "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')";
        ProcessStartInfo start = new("python3", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            string folder = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 && folder.Length > 0 ? folder : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"CXX_STANDARD\s+(\d+)")]
    private static partial Regex StandardPattern();

    [GeneratedRegex(@"#define TORCH_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)")]
    private static partial Regex VersionPattern();
}
