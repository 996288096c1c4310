using CircuitPipeline.Pipeline.Stages;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>What a publishing stage wrote beside the view, such as the report's page: no artifacts, yet compared by digest.</summary>
/// <remarks>A manifest like that of the view says which files they are, what they held, and of which results they are.</remarks>
internal sealed class PublishedFiles
{
    private readonly string _folder;
    private readonly ViewManifest _manifest;
    private readonly Digest _source;
    private readonly SortedDictionary<string, Digest> _written = new(StringComparer.Ordinal);

    /// <param name="folder">The study's folder.</param>
    /// <param name="stage">The stage that publishes.</param>
    /// <param name="records">The results of which the files are to be.</param>
    public PublishedFiles(string folder, string stage, IEnumerable<ItemRecord> records)
    {
        _folder = folder;
        _manifest = new ViewManifest(folder, $"{PathSegment.Of(stage)}.published");
        _source = Digest.OfText(
            string.Join(
                '\n',
                records.SelectMany(record => record.Outputs.Select(file => $"{record.Key.Digest} {file.Digest}"))
            )
        );
    }

    /// <summary>Whether all files are there as they were written, of these results.</summary>
    public bool AreWhole => _manifest.Source == _source && Damaged.Length == 0;

    /// <summary>Paths of the files that are gone, or hold other bytes than were written.</summary>
    public string[] Damaged =>
        [.. _manifest.Names.Where(name => !_manifest.IsWhole(name, PathOf(name))).Select(PathOf)];

    /// <summary>Writes a file; see <see cref="PublishContext.Write"/>.</summary>
    public void Write(string name, ReadOnlyMemory<byte> bytes)
    {
        if (!PathSegment.IsInnerPath(name))
        {
            throw new ArgumentException($"'{name}' is not a path inside the study's folder.", nameof(name));
        }

        if (_written.Count == 0)
        {
            _manifest.Forget(); // a stop from here on leaves files that nothing calls whole
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        DurableFile.Write(PathOf(name), bytes.Span);
        _written[name] = Digest.OfBytes(bytes.Span);
    }

    /// <summary>Notes what was written, and removes what was published earlier and is not any more.</summary>
    public void Keep()
    {
        if (_written.Count == 0)
        {
            return;
        }

        foreach (string name in _manifest.Names.Where(name => !_written.ContainsKey(name) && File.Exists(PathOf(name))))
        {
            File.Delete(PathOf(name));
        }

        _manifest.Source = _source;
        _manifest.Write(_written.Select(file => (file.Key, file.Value, PathOf(file.Key))));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
