using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CircuitPipeline.Store;

/// <summary>Writes that are whole or absent after a kill or a power cut: temporary name, flush, rename, flush the folder.</summary>
internal static class DurableFile
{
    /// <summary>Writes the bytes to <paramref name="temporary"/>, then moves that file to <paramref name="path"/>.</summary>
    public static void Write(string temporary, string path, ReadOnlySpan<byte> bytes)
    {
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        Move(temporary, path);
    }

    /// <summary>Moves a flushed file over whatever is at <paramref name="path"/>.</summary>
    public static void Move(string temporary, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        EnsureFolder(folder);
        File.Move(temporary, path, overwrite: true);
        FlushFolder(folder);
    }

    /// <summary>Flushes a finished file's bytes to the disk.</summary>
    public static void Flush(string path)
    {
        // Unix flushes a read-only file too; Windows flushes only what may be written.
        FileAccess access = OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read;
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Makes the folder, and its name in its parent lasting.</summary>
    public static void EnsureFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
            EnsureFolder(parent);
        Directory.CreateDirectory(folder);
        if (parent is not null)
            FlushFolder(parent);
    }

    // .NET opens no folders; where the system has no fsync for them (Windows), the rename itself is journalled.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int handle = open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
        if (handle < 0)
            return; // a folder without read permission: the rename is atomic all the same
        _ = fsync(handle);
        _ = close(handle);
    }

    [DllImport("libc")]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc")]
    private static extern int fsync(int handle);

    [DllImport("libc")]
    private static extern int close(int handle);
}
