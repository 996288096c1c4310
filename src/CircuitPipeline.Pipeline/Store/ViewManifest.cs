using System.Globalization;
using System.Text;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>Which files of a stage's view are the view's own, and under which stamp each holds its blob's bytes.</summary>
/// <remarks>A hidden text file beside the stage's folder: <c>digest bytes modified changed inode name</c>.</remarks>
internal sealed class ViewManifest
{
    /// <summary>Ends the name of a file that is being copied.</summary>
    public const string TemporaryEnding = ".part";

    private const string Unknown = "0 0 0 0";
    private readonly string _path;
    private readonly SortedDictionary<string, string> _lines = new(StringComparer.Ordinal);

    public ViewManifest(string studyFolder, string stageSegment)
    {
        _path = Path.Combine(studyFolder, $".{stageSegment}.view");
        if (!File.Exists(_path))
        {
            return;
        }

        foreach (string line in Lines(_path))
        {
            string[] fields = line.Split(' ', 6);
            if (fields.Length == 6 && Digest.TryParse(fields[0], out _) && PathSegment.IsInnerPath(fields[5]))
            {
                _lines[fields[5]] = string.Join(' ', fields[..5]);
            }
        }
    }

    public IEnumerable<string> Names => _lines.Keys;

    public bool Shows(string name, Digest digest, string path) =>
        _lines.TryGetValue(name, out string? line) && FileStamp.Of(path) is { } stamp && line == Line(digest, stamp);

    /// <summary>Adds names whose files may appear from now on, before they do.</summary>
    public void Announce(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            _lines.TryAdd(name, $"{default(Digest)} {Unknown}");
        }

        Write();
    }

    /// <summary>Replaces everything by these files as they are now.</summary>
    public void Write(IEnumerable<(string Name, Digest Digest, string Path)> files)
    {
        _lines.Clear();
        foreach ((string name, Digest digest, string path) in files)
        {
            _lines[name] = FileStamp.Of(path) is { } stamp ? Line(digest, stamp) : $"{digest} {Unknown}";
        }

        Write();
    }

    // A manifest that cannot be read knows no file: the view is copied anew, and what else lies in it is left alone.
    private static string[] Lines(string path)
    {
        try
        {
            return SmallFile.Lines(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private void Write()
    {
        StringBuilder text = new();
        foreach ((string name, string line) in _lines)
        {
            text.Append(line).Append(' ').Append(name).Append('\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path + TemporaryEnding, text.ToString());
        File.Move(_path + TemporaryEnding, _path, overwrite: true);
    }

    private static string Line(Digest digest, FileStamp stamp) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{digest} {stamp.Bytes} {stamp.Modified} {stamp.Changed} {stamp.Inode}"
        );
}
