namespace CircuitPipeline.Pipeline.Store;

/// <summary>A work item's own empty folder and its lock; disposing removes the one and releases the other.</summary>
public sealed class ItemWorkspace : IDisposable
{
    private readonly ItemLock _lock;
    private readonly string _root;

    internal ItemWorkspace(ItemKey key, string study, string root, ItemLock itemLock, ItemRecord? published)
    {
        (Key, Study, _root, _lock, Published) = (key, study, root, itemLock, published);
        _ = Remove(root); // what a killed process left: it cannot hold the lock any more
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

    /// <summary>Where a record is written before it is moved to its place.</summary>
    internal string Temporary => Path.Combine(_root, "record.tmp");

    /// <summary>Removes the folder with all that was not published, and releases the lock.</summary>
    public void Dispose()
    {
        try
        {
            _ = Remove(_root);
        }
        finally
        {
            _lock.Dispose();
        }
    }

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
