using System.Globalization;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.MSBuild;

/// <summary>A file or folder that a run left, as its stamp remembers it: <c>WHAT PATH</c>.</summary>
/// <remarks>
/// A small file by its digest; a large one, a model, by what the file system says of it, since hashing it at every build would
/// take seconds, and a false alarm only starts the tool, which compares digests; a folder by being there.
/// </remarks>
internal static class ResultLine
{
    private const string Missing = "missing";

    /// <summary>The line of what is at a path now.</summary>
    public static string Of(string path) => $"{StateOf(path)} {path}";

    /// <summary>Whether what the line says is still so.</summary>
    public static bool Holds(string line) =>
        line.Split(' ', 2) is [{ } state, { } path] && state != Missing && state == StateOf(path);

    private static string StateOf(string path)
    {
        if (Directory.Exists(path))
        {
            return "folder";
        }

        if (FileStamp.Of(path) is not { } stamp)
        {
            return Missing;
        }

        return stamp.IsOfLargeFile
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{stamp.Bytes}/{stamp.Modified}/{stamp.Changed}/{stamp.Inode}"
            )
            : ContentDigest.OfFile(path);
    }
}
