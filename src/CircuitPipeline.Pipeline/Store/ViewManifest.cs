using System.Globalization;
using System.Text;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>Which files of a stage's view are the view's own, and under which stamp each holds its blob's bytes.</summary>
/// <remarks>
/// A hidden text file beside the stage's folder: <c>digest bytes modified changed inode name</c>, and, where the files are made of
/// results and no copies of them, <c>of digest</c>.
/// </remarks>
internal sealed class ViewManifest
{
    /// <summary>Ends the name of a file that is being copied.</summary>
    public const string TemporaryEnding = ".part";

    private const string SourceWord = "of";
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
            if (fields.Length == 2 && fields[0] == SourceWord && Digest.TryParse(fields[1], out Digest source))
            {
                Source = source;
            }
            else if (fields.Length == 6 && Digest.TryParse(fields[0], out _) && PathSegment.IsInnerPath(fields[5]))
            {
                _lines[fields[5]] = string.Join(' ', fields[..5]);
            }
        }
    }

    public IEnumerable<string> Names => _lines.Keys;

    /// <summary>Of which results the files are made, where they are not copies.</summary>
    public Digest? Source { get; set; }

    /// <summary>Whether the file was put there with these bytes, and nothing has touched it since.</summary>
    public bool Shows(string name, Digest digest, string path) =>
        _lines.TryGetValue(name, out string? line) && FileStamp.Of(path) is { } stamp && line == Line(digest, stamp);

    /// <summary>Whether this file was put there with these bytes, whatever became of it.</summary>
    public bool HasPut(string name, Digest digest) =>
        _lines.TryGetValue(name, out string? line) && line.StartsWith($"{digest} ", StringComparison.Ordinal);

    /// <summary>Whether the file holds these bytes: a large one that is as it was put there is not read.</summary>
    public bool IsWhole(string name, Digest digest, string path)
    {
        try
        {
            return FileStamp.Of(path) is { } stamp
                && ((stamp.IsOfLargeFile && Shows(name, digest, path)) || Digest.OfFile(path) == digest);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the file holds the bytes with which it was put there.</summary>
    public bool IsWhole(string name, string path) =>
        Digest.TryParse(_lines[name].Split(' ')[0], out Digest digest) && IsWhole(name, digest, path);

    /// <summary>From now on nothing is known to be whole; whose the files are stays known.</summary>
    public void Forget()
    {
        Source = null;
        Write();
    }

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
        if (Source is { } source)
        {
            text.Append($"{SourceWord} {source}\n");
        }

        foreach ((string name, string line) in _lines)
        {
            text.Append(line).Append(' ').Append(name).Append('\n');
        }

        DurableFile.WriteUnflushed(_path + TemporaryEnding, _path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Line(Digest digest, FileStamp stamp) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{digest} {stamp.Bytes} {stamp.Modified} {stamp.Changed} {stamp.Inode}"
        );
}
