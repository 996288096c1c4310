#nullable enable

/// <summary>A built host, held so that another start does not delete it while it runs.</summary>
internal sealed class HostFolder : IDisposable
{
    private const string InUse = "in-use";
    private readonly FileStream _held;

    public HostFolder(string folder)
    {
        Program = System.IO.Path.Combine(folder, "Build.dll");
        _held = new(System.IO.Path.Combine(folder, InUse), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        System.IO.Directory.SetLastAccessTimeUtc(folder, DateTime.UtcNow);
    }

    public string Program { get; }

    public void Dispose() => _held.Dispose();

    /// <summary>Deletes all but the newest few hosts of this folder, sparing those that are running.</summary>
    public static void DeleteOld(string hosts, int keep)
    {
        foreach (
            DirectoryInfo old in new DirectoryInfo(hosts)
                .GetDirectories()
                .OrderByDescending(folder => folder.LastAccessTimeUtc)
                .Skip(keep)
        )
        {
            if (!IsRunning(old.FullName))
            {
                old.Delete(recursive: true);
            }
        }
    }

    private static bool IsRunning(string folder)
    {
        try
        {
            using FileStream alone = new(
                System.IO.Path.Combine(folder, InUse),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
