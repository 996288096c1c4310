namespace CircuitPipeline.Pipeline.Store;

/// <summary>Where everything lies in the store's folder.</summary>
internal sealed record StoreLayout(string Root)
{
    public string Blobs => Path.Combine(Root, "blobs");
    public string Records => Path.Combine(Root, "records");
    public string Stamps => Path.Combine(Root, "stamps");
    public string Locks => Path.Combine(Root, "locks");
    public string Workspaces => Path.Combine(Root, "work");

    public string Blob(Digest digest)
    {
        string hex = digest.ToString();
        return Path.Combine(Blobs, hex[..2], hex);
    }

    public string Record(ItemKey key) => Path.Combine(Records, PathSegment.Of(key.Stage), $"{key.Digest}.json");

    /// <summary>The last key that this study had for this stage and item; only explanations read it.</summary>
    public string LastKey(string study, ItemKey key) =>
        Path.Combine(
            Root,
            "last",
            PathSegment.Of(study),
            PathSegment.Of(key.Stage),
            $"{PathSegment.Of(key.Item)}.json"
        );

    /// <summary>One folder per key: whoever holds the key's lock may empty it.</summary>
    public string Workspace(string key) => Path.Combine(Workspaces, key);

    public string Lock(string key) => Path.Combine(Locks, $"{key}.lock");

    /// <summary>The names under which a workspace or a lock lies here; some of living processes, some of killed ones.</summary>
    public string[] LeftOvers()
    {
        IEnumerable<string> workspaces = Directory.Exists(Workspaces) ? Directory.EnumerateDirectories(Workspaces) : [];
        IEnumerable<string> locks = Directory.Exists(Locks) ? Directory.EnumerateFiles(Locks, "*.lock") : [];
        return [.. workspaces.Concat(locks).Select(path => Path.GetFileNameWithoutExtension(path)).Distinct()];
    }
}
