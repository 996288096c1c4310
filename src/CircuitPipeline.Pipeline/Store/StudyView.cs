namespace CircuitPipeline.Pipeline.Store;

/// <summary>The readable side of the store: <c>artifacts/STUDY/STAGE/ITEM/FILE</c>, names instead of digests.</summary>
/// <remarks>
/// The files are copies (which the file system shares with the blob where it can: btrfs, XFS, APFS), not links: who edits a
/// hard or symbolic link edits the blob, and with it every study that shares it; root is not even stopped by its
/// read-only bit. A file replaces its predecessor by a rename, and is left alone while it has its blob's digest; of a large one
/// that is read from its stamp. Only files that the view itself put there are ever removed.
/// </remarks>
public sealed class StudyView
{
    private readonly ArtifactStore _store;
    private readonly string _folder;

    /// <summary>The view of one study.</summary>
    /// <param name="store">Where the bytes are.</param>
    /// <param name="artifactsFolder">The folder that gets a subfolder named as the study.</param>
    /// <param name="study">The study's name.</param>
    public StudyView(ArtifactStore store, string artifactsFolder, string study)
    {
        (_store, Study) = (store, study);
        _folder = Path.GetFullPath(Path.Combine(artifactsFolder, PathSegment.Of(study)));
        if (_folder == store.RootFolder)
        {
            throw new ArgumentException(
                $"A study cannot be named '{study}', because '{_folder}' is the artifact store; choose another name."
            );
        }
    }

    /// <summary>The study's name.</summary>
    public string Study { get; }

    /// <summary>The study's folder.</summary>
    public string Folder => _folder;

    /// <summary>Where this item's files are shown.</summary>
    public string FolderOf(string stage, string item) =>
        Path.Combine(_folder, PathSegment.Of(stage), PathSegment.Of(item));

    /// <summary>Makes the view of one stage show exactly these records.</summary>
    /// <param name="stage">The stage; every record must be one of its items.</param>
    /// <param name="records">What its items made.</param>
    /// <param name="cancellation">Stops waiting for another process that updates the same view.</param>
    /// <returns>Paths of the files that were shown before, and since then removed or changed by somebody else.</returns>
    public IReadOnlyList<string> Show(
        string stage,
        IEnumerable<ItemRecord> records,
        CancellationToken cancellation = default
    )
    {
        using ItemLock viewLock = _store.Lock($"view-{Digest.OfText(_folder).Short}", cancellation);
        ViewManifest manifest = new(_folder, PathSegment.Of(stage));
        SortedDictionary<string, Digest> wanted = Files(records);
        string stageFolder = Path.Combine(_folder, PathSegment.Of(stage));
        string[] stale = [.. manifest.Names.Where(name => !wanted.ContainsKey(name))];
        KeyValuePair<string, Digest>[] fresh = [.. NotWhole(manifest, wanted, stageFolder)];
        if (
            stale.Length == 0
            && fresh.Length == 0
            && wanted.All(file => manifest.Shows(file.Key, file.Value, Path.Combine(stageFolder, file.Key)))
        )
        {
            return [];
        }

        string[] restored =
        [
            .. fresh
                .Where(file => manifest.HasPut(file.Key, file.Value))
                .Select(file => Path.Combine(stageFolder, file.Key)),
        ];
        manifest.Announce(wanted.Keys); // what a kill leaves from here on is known to be ours
        foreach (string name in stale)
        {
            Remove(stageFolder, name);
        }

        foreach ((string name, Digest digest) in fresh)
        {
            Put(digest, Path.Combine(stageFolder, name));
        }

        manifest.Write(wanted.Select(file => (file.Key, file.Value, Path.Combine(stageFolder, file.Key))));
        return restored;
    }

    /// <summary>Paths of the files that <see cref="Show"/> would put there: missing, damaged, edited, or of other results.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="records">What its items made.</param>
    public IReadOnlyList<string> Differences(string stage, IEnumerable<ItemRecord> records)
    {
        ViewManifest manifest = new(_folder, PathSegment.Of(stage));
        string stageFolder = Path.Combine(_folder, PathSegment.Of(stage));
        return [.. NotWhole(manifest, Files(records), stageFolder).Select(file => Path.Combine(stageFolder, file.Key))];
    }

    /// <summary>What a publishing stage wrote into the study's folder.</summary>
    internal PublishedFiles PublishedBy(string stage, IEnumerable<ItemRecord> records) => new(_folder, stage, records);

    private static IEnumerable<KeyValuePair<string, Digest>> NotWhole(
        ViewManifest manifest,
        SortedDictionary<string, Digest> files,
        string stageFolder
    ) => files.Where(file => !manifest.IsWhole(file.Key, file.Value, Path.Combine(stageFolder, file.Key)));

    private static SortedDictionary<string, Digest> Files(IEnumerable<ItemRecord> records)
    {
        SortedDictionary<string, Digest> files = new(StringComparer.Ordinal);
        foreach (ItemRecord record in records)
        {
            foreach (StoredFile file in record.Outputs)
            {
                files.Add($"{PathSegment.Of(record.Key.Item)}/{file.Name}", file.Digest);
            }
        }

        return files;
    }

    private void Put(Digest digest, string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder where the view of '{Study}' has a file; move it away.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + ViewManifest.TemporaryEnding;
        try
        {
            File.Copy(_store.PathOf(digest), temporary, overwrite: true);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(
                    temporary,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
                );
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            DurableFile.Discard(temporary);
            throw;
        }
    }

    private static void Remove(string stageFolder, string name)
    {
        string path = Path.Combine(stageFolder, name);
        if (!Directory.Exists(path))
        {
            DeleteIfThere(path);
        }

        DeleteIfThere(path + ViewManifest.TemporaryEnding);
        for (
            string? folder = Path.GetDirectoryName(path);
            folder != stageFolder;
            folder = Path.GetDirectoryName(folder)
        )
        {
            if (folder is null || !Directory.Exists(folder))
            {
                continue;
            }

            if (Directory.EnumerateFileSystemEntries(folder).Any())
            {
                return;
            }

            Directory.Delete(folder);
        }
    }

    private static void DeleteIfThere(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
