namespace CircuitPipeline.Hub.Cache;

/// <summary>Where things of one model lie in the Hub's cache.</summary>
/// <remarks>
/// huggingface_hub, guides/manage-cache: <c>models--ORG--NAME</c> has <c>refs/REVISION</c> with a commit, <c>snapshots/COMMIT</c> with
/// links to <c>blobs/ETAG</c>, and <c>.no_exist/COMMIT</c> with empty files for what the repository is known not to have.
/// </remarks>
internal sealed record CacheLayout
{
    internal CacheLayout(string cache, string name)
    {
        string repository = "models--" + name.Replace("/", "--", StringComparison.Ordinal);
        Repository = Path.Combine(cache, repository);
        Locks = Path.Combine(cache, ".locks", repository);
    }

    internal string Repository { get; }

    internal string Refs => Path.Combine(Repository, "refs");

    internal string Snapshots => Path.Combine(Repository, "snapshots");

    internal string Blobs => Path.Combine(Repository, "blobs");

    private string Locks { get; }

    internal string Ref(string revision) => Path.Combine([Refs, .. revision.Split('/')]);

    internal string Snapshot(string commit) => Path.Combine(Snapshots, commit);

    internal string Blob(string etag) => Path.Combine(Blobs, etag);

    internal string Lock(string etag) => Path.Combine(Locks, etag + ".lock");

    /// <summary>Whether the repository is known to have no such file at a commit.</summary>
    internal bool IsKnownMissing(string commit, string file) =>
        File.Exists(Path.Combine([Repository, ".no_exist", commit, .. file.Split('/')]));
}
