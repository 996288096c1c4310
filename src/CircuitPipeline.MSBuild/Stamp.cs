using System.Collections.Immutable;

namespace CircuitPipeline.MSBuild;

/// <summary>The file that stands for a finished run: with what it ran, and what it left.</summary>
/// <remarks>
/// One line a setting, an empty line, one line a result. It alone says whether there is something to do: a time says nothing of a
/// file that was moved, copied with its time or unpacked from an archive, so none is compared.
/// </remarks>
internal sealed class Stamp(string path)
{
    /// <summary>Ends the name of every stamp.</summary>
    public const string Ending = ".stamp";

    /// <summary>Whether the run had these settings and all that it left is still there as it left it.</summary>
    public bool Holds(ImmutableArray<string> settings)
    {
        string[] lines = File.ReadAllLines(path);
        int end = Array.IndexOf(lines, "");
        return end >= 0 && lines[..end].SequenceEqual(settings) && lines[(end + 1)..].All(ResultLine.Holds);
    }

    /// <summary>Writes it once the run is over; a failure leaves no part of it.</summary>
    /// <param name="settings">With what it ran.</param>
    /// <param name="results">Full paths of what it left.</param>
    public void Write(ImmutableArray<string> settings, IEnumerable<string> results)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + ".part";
        try
        {
            File.WriteAllLines(temporary, [.. settings, "", .. results.Select(ResultLine.Of)]);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
