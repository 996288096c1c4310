namespace CircuitPipeline.Pipeline.Store;

/// <summary>A work item's own folder and its lock; disposing removes the one and releases the other.</summary>
/// <remarks>
/// The folder is empty, unless an earlier run of the item was stopped after it had kept a state: then both lie as they were, and what was
/// written after the state is written again.
/// </remarks>
public sealed class ItemWorkspace : IDisposable
{
    private const string StateName = "state";

    private readonly ItemLock _lock;
    private readonly string _root;

    internal ItemWorkspace(ItemKey key, string study, string root, ItemLock itemLock, ItemRecord? published)
    {
        (Key, Study, _root, _lock, Published) = (key, study, root, itemLock, published);
        if (!HasState(root))
        {
            _ = Remove(root); // what a killed process left: it cannot hold the lock any more
        }

        Directory.CreateDirectory(Folder);
    }

    /// <summary>The key of the item that runs here.</summary>
    public ItemKey Key { get; }

    /// <summary>The study on whose behalf it runs.</summary>
    public string Study { get; }

    /// <summary>The folder that the item writes its outputs to; every file in it is published.</summary>
    public string Folder => Path.Combine(_root, "files");

    /// <summary>The result, when another process published it while this one waited for the lock: then nothing has to run.</summary>
    public ItemRecord? Published { get; }

    /// <summary>What the item goes on from when it is stopped; the file is there only where an earlier run kept one.</summary>
    public string StateFile => Path.Combine(_root, StateName);

    /// <summary>Whether all outputs are published, and nothing here is needed any more.</summary>
    internal bool IsDone { get; set; }

    /// <summary>Where a record is written before it is moved to its place.</summary>
    internal string Temporary => Path.Combine(_root, "record.tmp");

    /// <summary>Removes the folder with all that was not published, but for what the item goes on from, and releases the lock.</summary>
    public void Dispose()
    {
        try
        {
            if (IsDone || !HasState(_root))
            {
                _ = Remove(_root);
            }
        }
        finally
        {
            _lock.Dispose();
        }
    }

    /// <summary>Removes what was written, so that the item can begin anew.</summary>
    internal void Clear()
    {
        ForgetState();
        _ = Remove(Folder);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Removes what the item would go on from.</summary>
    internal void ForgetState()
    {
        if (File.Exists(StateFile))
        {
            DurableFile.Delete(StateFile);
        }
    }

    /// <summary>Whether a stopped run of the item kept what it goes on from.</summary>
    internal static bool HasState(string root) => File.Exists(Path.Combine(root, StateName));

    /// <summary>When that was kept.</summary>
    internal static DateTime StateTime(string root) => File.GetLastWriteTimeUtc(Path.Combine(root, StateName));

    /// <summary>Removes a workspace whose lock is held; false when there is none.</summary>
    internal static bool Remove(string root)
    {
        if (!Directory.Exists(root))
        {
            return false;
        }

        Directory.Delete(root, recursive: true);
        return true;
    }
}
