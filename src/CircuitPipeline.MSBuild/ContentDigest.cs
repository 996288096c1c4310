using System.Security.Cryptography;
using System.Text;

namespace CircuitPipeline.MSBuild;

/// <summary>Digests of what files hold.</summary>
internal static class ContentDigest
{
    private const string None = "none";

    /// <summary>The SHA-256 of a file's bytes; a word where it cannot be read, which is for the tool to say.</summary>
    public static string OfFile(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <summary>One digest over a program: its assembly, and all assemblies and settings beside it.</summary>
    public static string OfProgram(string assembly)
    {
        string folder = Path.GetDirectoryName(assembly)!;
        if (!Directory.Exists(folder))
        {
            return None;
        }

        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (
            string file in Directory
                .EnumerateFiles(folder)
                .Where(file => Path.GetExtension(file) is ".dll" or ".json")
                .Order(StringComparer.Ordinal)
        )
        {
            all.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(file)} {OfFile(file)}\n"));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
