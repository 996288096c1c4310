namespace CircuitPipeline.Pipeline.Store;

/// <summary>An exclusive lock on one work item, released by the operating system when its process ends, however it ends.</summary>
/// <remarks>
/// The lock is the open file itself (<c>flock</c> on Unix), so nothing stale can outlive its holder. Beside it lies a file that
/// says who holds it: for people, and for file systems without locks, where a living holder on this host is respected.
/// </remarks>
internal sealed class ItemLock : IDisposable
{
    private const int TriesBeforeTelling = 3;

    private const int Again = 11; // EAGAIN of flock on Linux
    private const int AgainOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020); // Windows
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly FileStream _file;
    private readonly string _path;

    private ItemLock(FileStream file, string path) => (_file, _path) = (file, path);

    /// <summary>Takes the lock, waiting while another holds it.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="self">Who takes it, told to those who wait.</param>
    /// <param name="waiting">Called with the holder when waiting begins and whenever the holder changes.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static ItemLock Acquire(
        string path,
        LockHolder self,
        Action<LockHolder?>? waiting,
        CancellationToken cancellation
    )
    {
        LockHolder? told = null;
        for (int tries = 1; ; tries++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryAcquire(path, self) is { } taken)
            {
                return taken;
            }

            LockHolder? holder = ReadHolder(path);
            // Not at once: a sweep holds each lock for a moment.
            if (tries == TriesBeforeTelling || (tries > TriesBeforeTelling && holder is not null && holder != told))
            {
                waiting?.Invoke(holder);
                told = holder ?? told;
            }
            cancellation.WaitHandle.WaitOne(Pause);
        }
    }

    /// <summary>Takes the lock, or returns null at once when another holds it.</summary>
    public static ItemLock? TryAcquire(string path, LockHolder self)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException refused) when (refused.HResult is Again or AgainOnMac or SharingViolation)
        {
            return null;
        }
        // A holder removes the file before it lets go: we may hold the lock of a name that is gone.
        if (IsNoLongerAt(path, file) || IsHeldByAnother(path, self))
        {
            file.Dispose();
            return null;
        }
        ItemLock taken = new(file, path);
        taken.WriteHolder(self);
        return taken;
    }

    /// <summary>Who holds the lock, as far as it is written.</summary>
    public static LockHolder? ReadHolder(string path)
    {
        try
        {
            return StoreJson.ReadHolder(SmallFile.Read(HolderPath(path)));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Releases the lock; nothing of it remains.</summary>
    public void Dispose()
    {
        TryDelete(HolderPath(_path));
        if (!OperatingSystem.IsWindows())
        {
            TryDelete(_path); // while held, see IsNoLongerAt
        }

        _file.Dispose();
    }

    private static string HolderPath(string path) => path + ".holder";

    private static bool IsNoLongerAt(string path, FileStream file) =>
        FileStamp.Of(file.SafeFileHandle) is { } mine && FileStamp.Of(path)?.Inode != mine.Inode;

    private static bool IsHeldByAnother(string path, LockHolder self) =>
        ReadHolder(path) is { } written
        && written.Process != self.Process
        && written.Process.Host == self.Process.Host
        && !written.Process.IsKnownDead(self.Process);

    private void WriteHolder(LockHolder self)
    {
        try
        {
            File.WriteAllBytes(HolderPath(_path), StoreJson.Write(self));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Only those who wait would have read it; the lock itself is held.
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // The next holder finds it, sees that it is stale, and replaces it.
        }
    }
}

/// <summary>Who holds a lock, and since when.</summary>
/// <param name="Process">The process.</param>
/// <param name="Since">When it took the lock.</param>
public sealed record LockHolder(ProcessIdentity Process, DateTimeOffset Since)
{
    /// <summary>One phrase for people, as in <c>process 4711 on 'host' since 2026-01-31 12:00:00Z</c>.</summary>
    public override string ToString() =>
        $"process {Process.Id} on '{Process.Host}' since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";
}
