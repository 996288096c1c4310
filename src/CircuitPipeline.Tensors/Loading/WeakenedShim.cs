using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>The private copy of the shim for systems whose libstdc++ lacks one version that it needs but does not use.</summary>
/// <remarks>
/// In the table of needed versions (<c>.gnu.version_r</c>) the entry gets the flag <c>VER_FLG_WEAK</c>: the system's loader then
/// goes on without the version (glibc, elf/dl-version.c). The copy is kept per user, version and content of the original, and
/// published by a rename: of two processes that make it at once both end with the same bytes, and no reader sees half of them.
/// </remarks>
internal static class WeakenedShim
{
    /// <summary>The library that is too old where the copy is needed.</summary>
    internal const string Library = "libstdc++.so.6";

    /// <summary>The version that it lacks there.</summary>
    internal const string Version = "GLIBCXX_3.4.32";

    private const ushort Weak = 2;

    /// <summary>The path of the copy, which is made where it is not there or not whole.</summary>
    /// <param name="shim">The original.</param>
    /// <param name="cache">The user's folder for such copies; null where there is none.</param>
    /// <param name="remedy">What to do about an original that cannot be adapted.</param>
    /// <exception cref="LibTorchNotLoadedException">The original is damaged or another file, or the copy cannot be written.</exception>
    internal static string CopyOf(string shim, string? cache, string remedy)
    {
        if (cache is null)
        {
            throw new LibTorchNotLoadedException(
                $"'{shim}' needs {Version} of {Library}, which this system lacks, and there is no folder of the user for an adapted copy; "
                    + "name one in XDG_CACHE_HOME."
            );
        }

        try
        {
            byte[] weakened = Weaken(File.ReadAllBytes(shim));
            string digest = Convert.ToHexStringLower(SHA256.HashData(weakened))[..16];
            string folder = Path.Combine(cache, $"torchsharp-{LibTorchLoader.TorchSharpVersion}-{digest}");
            string copy = Path.Combine(folder, Path.GetFileName(shim));
            if (!Holds(copy, weakened))
            {
                Publish(folder, copy, weakened);
            }

            return copy;
        }
        catch (InvalidDataException problem)
        {
            throw new LibTorchNotLoadedException(
                $"'{shim}' needs {Version} of {Library}, which this system lacks, and cannot be adapted: {problem.Message}; {remedy}.",
                problem
            );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new LibTorchNotLoadedException(
                $"A copy of '{shim}' for this system's {Library} cannot be kept in '{cache}' ({problem.Message.TrimEnd('.')}); "
                    + "name a folder that can be written to in XDG_CACHE_HOME.",
                problem
            );
        }
    }

    /// <summary>The user's cache, as the XDG base directory specification places it: relative folders do not count.</summary>
    /// <param name="variable">Environment variables by name.</param>
    /// <param name="user">The user's own folder; empty where there is none.</param>
    /// <returns>Null where there is none: in a folder that all share another user could put other code in place.</returns>
    internal static string? Cache(Func<string, string?> variable, string user) =>
        new[] { variable("XDG_CACHE_HOME") ?? "", Path.Combine(user, ".cache") }.FirstOrDefault(
            Path.IsPathFullyQualified
        )
            is { } cache
            ? Path.Combine(cache, "circuit-pipeline")
            : null;

    /// <summary>The same file, but for one flag.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or does not need the version.</exception>
    internal static byte[] Weaken(byte[] shim)
    {
        int place =
            new ElfFile(shim, shim.Length).FlagsOfNeededVersion(Library, Version)
            ?? throw new InvalidDataException($"its table of versions does not name {Version}");
        byte[] weakened = [.. shim];
        Span<byte> flags = weakened.AsSpan(place, sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(
            flags,
            (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | Weak)
        );
        return weakened;
    }

    private static bool Holds(string path, byte[] bytes) =>
        File.Exists(path)
        && new FileInfo(path).Length == bytes.Length
        && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);

    private static void Publish(string folder, string path, byte[] bytes)
    {
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $"{Path.GetRandomFileName()}.tmp");
        try
        {
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
