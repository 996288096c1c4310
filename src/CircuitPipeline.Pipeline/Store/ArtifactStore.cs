using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>Remembers what each work item made: blobs by digest, and one record per key.</summary>
/// <remarks>
/// Everything appears by a rename of a flushed file, blobs before the record that names them; so a kill at any moment leaves
/// whole records of whole blobs, and at most one workspace per key, which the next run sweeps. Studies share records and
/// blobs: the same key is the same result. Readers take no lock.
/// </remarks>
public sealed class ArtifactStore
{
    // Long enough for a holiday; a state of other weights or another code is never gone on from.
    private static readonly TimeSpan StateLife = TimeSpan.FromDays(14);

    private readonly TimeProvider _time;
    private readonly ProcessIdentity _self;
    private readonly StoreLayout _layout;
    private readonly BlobFolder _blobs;
    private readonly RecordFolder _records;
    private readonly Lazy<int> _swept;

    /// <summary>A store in this folder; nothing is read or made before the first call.</summary>
    /// <param name="rootFolder">The store's folder, as in <c>artifacts/store</c>.</param>
    /// <param name="time">The clock for the lock's holder.</param>
    /// <param name="self">Who is using it, told to processes that wait; this process when null.</param>
    public ArtifactStore(string rootFolder, TimeProvider time, ProcessIdentity? self = null)
    {
        _time = time;
        _self = self ?? ProcessIdentity.OfThisProcess();
        _layout = new StoreLayout(Path.GetFullPath(rootFolder));
        _blobs = new BlobFolder(_layout);
        _records = new RecordFolder(_layout);
        _swept = new Lazy<int>(SweepNow);
    }

    /// <summary>The store's folder.</summary>
    public string RootFolder => _layout.Root;

    /// <summary>Whether this item's result is stored and whole; else why it has to run. Takes no lock.</summary>
    /// <param name="key">The item's key.</param>
    /// <param name="study">The study whose last key for this item tells what changed.</param>
    public Decision Decide(ItemKey key, string study)
    {
        (ItemRecord? record, string? problem) = _records.Find(key);
        if (problem is not null)
        {
            return new Decision.WillRun($"its record {key.Digest.Short}… is damaged: {problem}");
        }

        if (record is null)
        {
            return new Decision.WillRun(WhyNotStored(key, study));
        }

        string[] damage = [.. record.Outputs.Select(file => _blobs.Problem(file)).OfType<string>()];
        return damage.Length == 0 ? new Decision.Cached(record) : new Decision.WillRun(string.Join("; ", damage));
    }

    /// <summary>Takes the item's lock and gives it a folder, empty but for what a stopped run goes on from.</summary>
    /// <param name="key">The item's key.</param>
    /// <param name="study">The study on whose behalf it runs.</param>
    /// <param name="waiting">Told who holds the lock, where that is known, when another process is at the same item.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The workspace; look at <see cref="ItemWorkspace.Published"/> before running anything.</returns>
    public ItemWorkspace Begin(
        ItemKey key,
        string study,
        Action<LockHolder?>? waiting = null,
        CancellationToken cancellation = default
    )
    {
        _ = _swept.Value;
        string name = key.Digest.ToString();
        LockHolder self = new(_self, _time.GetUtcNow());
        ItemLock itemLock = ItemLock.Acquire(_layout.Lock(name), self, waiting, cancellation);
        try
        {
            Decision.Cached? published = Decide(key, study) as Decision.Cached;
            return new ItemWorkspace(key, study, _layout.Workspace(name), itemLock, published?.Record)
            {
                IsDone = published is not null,
            };
        }
        catch
        {
            itemLock.Dispose();
            throw;
        }
    }

    /// <summary>Makes every file in the workspace's folder a blob, then writes the item's record.</summary>
    /// <param name="workspace">The workspace; its files move away.</param>
    /// <param name="provenance">Facts that are recorded but not in the key.</param>
    /// <returns>The record; the stored one, when it names the same outputs already.</returns>
    public ItemRecord Publish(ItemWorkspace workspace, IReadOnlyDictionary<string, string> provenance)
    {
        workspace.ForgetState(); // whose outputs move away now
        ImmutableArray<StoredFile> outputs =
        [
            .. WorkspaceFiles.In(workspace.Folder).Select(file => _blobs.Take(file.Name, file.Path)),
        ];
        (ItemRecord? stored, _) = _records.Find(workspace.Key);
        if (stored is null || !stored.Outputs.SequenceEqual(outputs))
        {
            stored = new ItemRecord(
                workspace.Key,
                outputs,
                provenance.ToImmutableSortedDictionary(StringComparer.Ordinal)
            );
            _records.Write(stored, workspace.Temporary);
        }
        _records.Remember(workspace.Study, workspace.Key);
        workspace.IsDone = true;
        return stored;
    }

    /// <summary>Notes that the study has this key now, so that its next change can be explained; for items found cached.</summary>
    public void Remember(string study, ItemKey key)
    {
        if (_records.LastKey(study, key)?.Equals(key) != true)
        {
            _records.Remember(study, key);
        }
    }

    /// <summary>Where the blob of this digest is, or would be. Read it, never write it.</summary>
    public string PathOf(Digest digest) => _layout.Blob(digest);

    /// <summary>Opens the blob of this digest for reading.</summary>
    public Stream OpenRead(Digest digest) =>
        new FileStream(PathOf(digest), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Hashes every blob and reads every record, whatever their stamps say.</summary>
    public StoreCheck Verify(CancellationToken cancellation = default) => StoreCheck.Of(_layout, _blobs, cancellation);

    /// <summary>Removes the workspaces that killed processes left, those with a state two weeks after it; the first <see cref="Begin"/> does so by itself.</summary>
    /// <returns>How many were removed.</returns>
    public int Sweep() => _swept.IsValueCreated ? SweepNow() : _swept.Value;

    /// <summary>Takes a lock of this name that is not an item's.</summary>
    internal ItemLock Lock(string name, CancellationToken cancellation) =>
        ItemLock.Acquire(_layout.Lock(name), new LockHolder(_self, _time.GetUtcNow()), null, cancellation);

    private string WhyNotStored(ItemKey key, string study)
    {
        if (_records.LastKey(study, key) is not { } last)
        {
            return "nothing is stored for it yet";
        }

        string difference = KeyDifference.Between(last, key);
        return difference.Length > 0 ? difference : $"its record {key.Digest.Short}… is missing";
    }

    // The item's next run goes on from it.
    private bool IsWanted(string workspace) =>
        ItemWorkspace.HasState(workspace) && _time.GetUtcNow() - ItemWorkspace.StateTime(workspace) < StateLife;

    private int SweepNow()
    {
        LockHolder self = new(_self, _time.GetUtcNow());
        int removed = 0;
        foreach (string name in _layout.LeftOvers())
        {
            using ItemLock? itemLock = ItemLock.TryAcquire(_layout.Lock(name), self);
            if (
                itemLock is not null
                && !IsWanted(_layout.Workspace(name))
                && ItemWorkspace.Remove(_layout.Workspace(name))
            )
            {
                removed++;
            }
        } // a lock that nobody held goes with its disposal; one that is held belongs to a living process
        return removed;
    }
}
