using System.Runtime.InteropServices;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>The two native files to load.</summary>
/// <param name="LibTorch">libtorch's file that needs all its others.</param>
/// <param name="Shim">TorchSharp's own native library.</param>
/// <param name="Folders">Where they were looked for, for messages.</param>
internal sealed record LibTorchFiles(string LibTorch, string Shim, NativeFolders Folders)
{
    private static readonly string[] Platforms = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    // What libtorch.so needs of its own folder, each after what it needs itself; other systems find that themselves. One for
    // CUDA has three more parts, and finds the libraries of CUDA by the paths inside them, since those lie elsewhere in PyTorch.
    private static readonly (string Pattern, bool IsNeeded)[] LinuxParts =
    [
        ("libgomp*.so*", false), // another libtorch may bring no OpenMP of its own
        ("libcudart*.so*", false),
        ("libc10.so", true),
        ("libtorch_cpu.so", true),
        ("libc10_cuda.so", false),
        ("libtorch_cuda.so", false),
    ];

    internal static readonly (string LibTorch, string Shim) Names =
        OperatingSystem.IsWindows() ? ("torch_cpu.dll", "LibTorchSharp.dll")
        : OperatingSystem.IsMacOS() ? ("libtorch.dylib", "libLibTorchSharp.dylib")
        : ("libtorch.so", "libLibTorchSharp.so");

    /// <summary>The file name of TorchSharp's own native library here.</summary>
    internal static string ShimName => Names.Shim;

    private string RemedyOfLibTorch =>
        Folders.LibTorch is null ? Folders.Renew(LibTorch, EnginePackage.LibTorch) : Folders.CorrectLibTorch;

    // A shim that misses something misses it in libtorch.
    private string RemedyOfShim =>
        Folders.LibTorch is null ? Folders.Renew(Shim, EnginePackage.TorchSharp) : Folders.CorrectLibTorch;

    /// <summary>Looks for both.</summary>
    /// <exception cref="LibTorchNotLoadedException">One is nowhere, or there is none for this platform.</exception>
    internal static LibTorchFiles Find(NativeFolders folders)
    {
        MustBeSupported(NativeFolders.Platform);
        return new(
            First(
                Names.LibTorch,
                folders.ForLibTorch(),
                folders.LibTorch is null ? folders.Bring(EnginePackage.LibTorch) : folders.CorrectLibTorch
            ),
            First(Names.Shim, folders.ForShim(), folders.Bring(EnginePackage.TorchSharp)),
            folders
        );
    }

    /// <summary>Refuses a platform for which TorchSharp has no native library, whatever libtorch is there.</summary>
    internal static void MustBeSupported(string platform)
    {
        if (!Platforms.Contains(platform))
        {
            throw new LibTorchNotLoadedException(
                $"TorchSharp {LibTorchLoader.TorchSharpVersion} has no native library for '{platform}', only for "
                    + $"'{string.Join("', '", Platforms)}'; run this on one of those."
            );
        }
    }

    /// <summary>Loads both into this process.</summary>
    /// <param name="cache">Where a private copy of the shim is kept, if this system needs one; null where there is no place.</param>
    /// <exception cref="LibTorchNotLoadedException">A file is missing or damaged, or the system refuses it.</exception>
    internal LoadedLibTorch Load(string? cache)
    {
        string[] parts = [.. PartsOfLibTorch()];
        foreach (string path in parts)
        {
            MustBeWhole(path, RemedyOfLibTorch);
        }

        MustBeWhole(Shim, RemedyOfShim);
        // One by one: LD_LIBRARY_PATH would come before the folder where they lie side by side.
        nint libTorch = 0;
        foreach (string path in parts)
        {
            libTorch = Load(path, RemedyOfLibTorch);
        }

        nint shim = LoadUnlessForWantOfVersion(Shim, RemedyOfShim);
        if (shim != 0)
        {
            return new LoadedLibTorch(LibTorch, Shim, false) { LibTorchHandle = libTorch, ShimHandle = shim };
        }

        string copy = WeakenedShim.CopyOf(Shim, cache, RemedyOfShim);
        return new LoadedLibTorch(LibTorch, copy, true)
        {
            LibTorchHandle = libTorch,
            ShimHandle = Load(copy, RemedyOfCopy(cache)),
        };
    }

    private string RemedyOfCopy(string? cache) =>
        Folders.LibTorch is null
            ? $"if '{cache}' lies where no program may run, name another folder in XDG_CACHE_HOME"
            : Folders.CorrectLibTorch;

    private IEnumerable<string> PartsOfLibTorch()
    {
        string folder = Path.GetDirectoryName(LibTorch)!;
        foreach ((string name, bool isNeeded) in OperatingSystem.IsLinux() ? LinuxParts : [])
        {
            string[] found = Directory.GetFiles(folder, name);
            if (found.Length == 0 && isNeeded)
            {
                throw new LibTorchNotLoadedException(
                    $"'{LibTorch}' cannot be loaded: '{name}' is missing beside it; {RemedyOfLibTorch}."
                );
            }

            foreach (string path in found)
            {
                yield return path;
            }
        }
        yield return LibTorch;
    }

    private static void MustBeWhole(string path, string remedy)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            ElfFile.MustBeWhole(path);
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new LibTorchNotLoadedException(
                $"'{path}' cannot be loaded: {cause.Message.TrimEnd('.')}; {remedy}.",
                cause
            );
        }
    }

    private static nint Load(string path, string remedy)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception cause) when (cause is DllNotFoundException or BadImageFormatException)
        {
            throw new LibTorchNotLoadedException($"'{path}' cannot be loaded: {Reason(cause)}; {remedy}.", cause);
        }
    }

    // 0 where the system refuses for want of the one version that can be done without.
    private static nint LoadUnlessForWantOfVersion(string path, string remedy)
    {
        try
        {
            return Load(path, remedy);
        }
        catch (LibTorchNotLoadedException cause)
            when (OperatingSystem.IsLinux()
                && cause.InnerException!.Message.Contains(
                    $"version `{WeakenedShim.Version}' not found",
                    StringComparison.Ordinal
                )
            )
        {
            return 0;
        }
    }

    private static string First(string name, string[] candidates, string remedy) =>
        candidates.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new LibTorchNotLoadedException(
            $"'{name}' was looked for in '{string.Join("', '", candidates)}' and is in none of them; {remedy}."
        );

    // .NET's first line names the file and tools to look for the reason with; the system's own words follow.
    private static string Reason(Exception cause)
    {
        string[] lines = [.. cause.Message.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        return lines[Math.Min(1, lines.Length - 1)].TrimEnd('.');
    }
}

/// <summary>The native files of the engine, as they were loaded.</summary>
/// <param name="LibTorch">The path of libtorch's first file.</param>
/// <param name="Shim">The path of TorchSharp's own native library.</param>
/// <param name="IsShimWeakened">Whether that is the private copy for an older libstdc++.</param>
public sealed record LoadedLibTorch(string LibTorch, string Shim, bool IsShimWeakened)
{
    internal nint LibTorchHandle { get; init; }

    internal nint ShimHandle { get; init; }
}

/// <summary>The engine's native files are missing or cannot be loaded.</summary>
/// <param name="message">One sentence: what was looked for, where, and what to do.</param>
/// <param name="cause">What the system said, where it did.</param>
public sealed class LibTorchNotLoadedException(string message, Exception? cause = null)
    : DllNotFoundException(message, cause);
