namespace CircuitPipeline.Hub.Cache;

/// <summary>The Hub's cache on this machine, which Python's huggingface_hub fills and reads as well.</summary>
/// <param name="folder">Its folder, as <see cref="HubEnvironment.CacheFolder"/> says; null where nothing says it, which is as an empty one.</param>
public sealed class HubCache(string? folder)
{
    private const int ShortestCommit = 5;
    private const int Listed = 5;

    /// <summary>Finds a model's snapshot.</summary>
    /// <param name="id">The model; a revision is looked for among whole commits, then branches and tags, then beginnings of commits.</param>
    /// <returns>The snapshot, some files of which may be missing; null when there is none.</returns>
    /// <exception cref="InvalidDataException">The cache is damaged there, a link leaves it, or several commits begin like this.</exception>
    public HubSnapshot? Find(HubModelId id)
    {
        if (folder is null)
        {
            return null;
        }

        CacheLayout layout = new(folder, id.Name);
        string? commit = HubModelId.IsCommit(id.Revision)
            ? id.Revision
            : RefFile.Read(layout.Ref(id.Revision)) ?? FromItsBeginning(layout, id);
        if (commit is null || !Directory.Exists(layout.Snapshot(commit)))
        {
            return null;
        }

        SnapshotLinks.MustStay(layout.Snapshot(commit), folder);
        return new HubSnapshot(id, commit, layout);
    }

    /// <summary>Finds a model's snapshot, or says how to get it.</summary>
    /// <param name="id">The model.</param>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public HubSnapshot Get(HubModelId id)
    {
        if (Find(id) is { } found)
        {
            return found;
        }

        if (folder is null)
        {
            throw new InvalidDataException(
                $"'{id}': there is no such file or folder, and where the Hub's cache is cannot be told, because neither HF_HUB_CACHE nor HF_HOME nor the user's folder is set; set one of them."
            );
        }

        string[] known = Known(new CacheLayout(folder, id.Name));
        throw new InvalidDataException(
            $"'{id}': there is no such file or folder, and the Hub's cache ('{Path.GetFullPath(folder)}') has {(known.Length == 0 ? "no model of this id" : $"other revisions of this model alone ({string.Join(", ", known)})")}; see that the name is right, or bring the model with 'dotnet circuit fetch {id}'."
        );
    }

    private static string? FromItsBeginning(CacheLayout layout, HubModelId id)
    {
        bool isBeginning = id.Revision.Length >= ShortestCommit && HubModelId.IsHex(id.Revision);
        if (!isBeginning || !Directory.Exists(layout.Snapshots))
        {
            return null;
        }

        string[] commits =
        [
            .. Commits(layout).Where(commit => commit.StartsWith(id.Revision, StringComparison.Ordinal)),
        ];
        return commits.Length <= 1
            ? commits.FirstOrDefault()
            : throw new InvalidDataException(
                $"'{id}': {commits.Length} commits in the Hub's cache begin like this, '{commits[0]}' and '{commits[1]}' among them; write more digits."
            );
    }

    private static string[] Known(CacheLayout layout) =>
        !Directory.Exists(layout.Snapshots)
            ? []
            :
            [
                .. Branches(layout)
                    .Concat(Commits(layout).Select(commit => commit[..12]))
                    .Take(Listed)
                    .Select(MessageText.Quoted),
            ];

    private static IEnumerable<string> Branches(CacheLayout layout) =>
        Directory.Exists(layout.Refs)
            ? Directory
                .EnumerateFiles(layout.Refs, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(layout.Refs, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
            : [];

    private static IEnumerable<string> Commits(CacheLayout layout) =>
        Directory
            .EnumerateDirectories(layout.Snapshots)
            .Select(folder => Path.GetFileName(folder))
            .Where(HubModelId.IsCommit)
            .Order(StringComparer.Ordinal);
}
