using System.Collections.Immutable;

namespace CircuitPipeline.MSBuild;

/// <summary>The file that stands for a finished run: with what it ran, and what it left.</summary>
/// <remarks>
/// One line a setting, an empty line, one line a path. MSBuild compares its time with the inputs'; what a time cannot say,
/// another setting or a deleted result, is compared here.
/// </remarks>
internal sealed class Stamp(string path)
{
    /// <summary>Ends the name of every stamp.</summary>
    public const string Ending = ".stamp";

    /// <summary>Whether the run had these settings and all that it left is still there.</summary>
    public bool Holds(ImmutableArray<string> settings)
    {
        string[] lines = File.ReadAllLines(path);
        int end = Array.IndexOf(lines, "");
        return end >= 0 && lines[..end].SequenceEqual(settings) && lines[(end + 1)..].All(Path.Exists);
    }

    /// <summary>Writes it once the run is over.</summary>
    /// <param name="settings">With what it ran.</param>
    /// <param name="results">Full paths of what it left.</param>
    /// <param name="started">When it began; an input that changed while it ran is newer than this.</param>
    public void Write(ImmutableArray<string> settings, IEnumerable<string> results, DateTime started)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + ".part";
        File.WriteAllLines(temporary, [.. settings, "", .. results]);
        File.SetLastWriteTimeUtc(temporary, started);
        File.Move(temporary, path, overwrite: true);
    }
}
