using System.Runtime.InteropServices;

namespace CircuitPipeline.Tensors;

/// <summary>The two native files to load.</summary>
/// <param name="LibTorch">libtorch's file that brings the others.</param>
/// <param name="Shim">TorchSharp's own native library.</param>
internal sealed record LibTorchFiles(string LibTorch, string Shim)
{
    private static readonly string[] Platforms = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    // The one of libtorch's files that needs all the others, and the shim.
    private static readonly (string LibTorch, string Shim) Names =
        OperatingSystem.IsWindows() ? ("torch_cpu.dll", "LibTorchSharp.dll")
        : OperatingSystem.IsMacOS() ? ("libtorch.dylib", "libLibTorchSharp.dylib")
        : ("libtorch.so", "libLibTorchSharp.so");

    /// <summary>Looks for both.</summary>
    /// <exception cref="LibTorchNotLoadedException">One is nowhere, or there is none for this platform.</exception>
    internal static LibTorchFiles Find(NativeFolders folders)
    {
        MustBeSupported(NativeFolders.Platform);
        return new(
            First(Names.LibTorch, folders.ForLibTorch(LibTorchLoader.LibTorchVersion), folders),
            First(Names.Shim, folders.ForShim(LibTorchLoader.TorchSharpVersion), folders)
        );
    }

    /// <summary>Refuses a platform for which TorchSharp has no native library, whatever libtorch is there.</summary>
    internal static void MustBeSupported(string platform)
    {
        if (!Platforms.Contains(platform))
            throw new LibTorchNotLoadedException(
                $"TorchSharp {LibTorchLoader.TorchSharpVersion} has no native library for '{platform}', only for "
                    + $"'{string.Join("', '", Platforms)}'; run this on one of those."
            );
    }

    /// <summary>Loads both into this process.</summary>
    /// <param name="cache">Where a private copy of the shim is kept, if this system needs one.</param>
    /// <exception cref="LibTorchNotLoadedException">A file is damaged, or the system refuses it.</exception>
    internal LoadedLibTorch Load(string cache)
    {
        foreach (string path in PartsOfLibTorch().Concat([LibTorch, Shim]))
            MustBeWhole(path);
        // One by one: LD_LIBRARY_PATH would come before the folder where they lie side by side.
        foreach (string part in PartsOfLibTorch())
            Load(part, out _);
        nint libTorch = Load(LibTorch, out _);
        nint shim = Load(Shim, out DllNotFoundException? refusal);
        if (refusal is null)
            return new LoadedLibTorch(LibTorch, Shim, false) { LibTorchHandle = libTorch, ShimHandle = shim };
        string copy = WeakenedShim.CopyOf(Shim, cache);
        return new LoadedLibTorch(LibTorch, copy, true) { LibTorchHandle = libTorch, ShimHandle = Load(copy, out _) };
    }

    // What libtorch.so needs of its own folder, each after what it needs itself; other systems find that themselves.
    private IEnumerable<string> PartsOfLibTorch()
    {
        string folder = Path.GetDirectoryName(LibTorch)!;
        return OperatingSystem.IsLinux()
            ? new[] { "libgomp*.so*", "libc10.so", "libtorch_cpu.so" }.SelectMany(name =>
                Directory.EnumerateFiles(folder, name)
            )
            : [];
    }

    private static void MustBeWhole(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            ElfFile.MustBeWhole(path);
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new LibTorchNotLoadedException(
                $"'{path}' cannot be loaded: {cause.Message.TrimEnd('.')}; {Remedy(path)}.",
                cause
            );
        }
    }

    // A refusal for want of the one version that can be done without is handed out instead of thrown.
    private static nint Load(string path, out DllNotFoundException? refusal)
    {
        refusal = null;
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException cause) when (IsForWantOfVersion(path, cause))
        {
            refusal = cause;
            return 0;
        }
        catch (Exception cause) when (cause is DllNotFoundException or BadImageFormatException)
        {
            throw new LibTorchNotLoadedException($"'{path}' cannot be loaded: {Reason(cause)}; {Remedy(path)}.", cause);
        }
    }

    private static bool IsForWantOfVersion(string path, DllNotFoundException cause) =>
        Path.GetFileName(path) == "libLibTorchSharp.so"
        && cause.Message.Contains($"version `{WeakenedShim.Version}' not found", StringComparison.Ordinal);

    private static string First(string name, string[] candidates, NativeFolders folders) =>
        candidates.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new LibTorchNotLoadedException(
            $"'{name}' was looked for in '{string.Join("', '", candidates)}' and is in none of them; "
                + (
                    folders.LibTorch is { } own && name == Names.LibTorch
                        ? $"LIBTORCH is '{own}': name the folder of a libtorch, or unset it"
                        : BringPackages
                )
                + "."
        );

    /// <summary>What to do about a file that is there and cannot be loaded.</summary>
    internal static string Remedy(string path) =>
        $"delete its folder '{Path.GetDirectoryName(path)}' if it is damaged, and {BringPackages}";

    private static string BringPackages =>
        $"run 'dotnet package download TorchSharp@{LibTorchLoader.TorchSharpVersion} "
        + $"libtorch-cpu-{NativeFolders.Platform}@{LibTorchLoader.LibTorchVersion}'";

    // .NET's first line names the file and tools to look for the reason with; the system's own words follow.
    private static string Reason(Exception cause)
    {
        string[] lines = [.. cause.Message.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        return lines[Math.Min(1, lines.Length - 1)].TrimEnd('.');
    }
}
