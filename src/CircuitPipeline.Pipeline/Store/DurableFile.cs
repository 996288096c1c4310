using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>Writes that are whole or absent after a failure, a kill or a power cut: temporary name, flush, rename, flush the folder.</summary>
/// <remarks>Every file of the house that is replaced is written here, so that a full disk leaves no half of one behind.</remarks>
public static class DurableFile
{
    /// <summary>Writes a file whose temporary neighbour no other process uses.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="bytes">Its bytes.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => Write(TemporaryFor(path), path, bytes);

    /// <summary>Finds out, by trying, whether a file can be written.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not.</exception>
    public static void MustBeWritable(string path)
    {
        string temporary = TemporaryFor(path);
        using (Create(temporary)) { }
        File.Delete(temporary);
    }

    /// <summary>Writes the bytes to <paramref name="temporary"/>, then moves that file to <paramref name="path"/>.</summary>
    internal static void Write(string temporary, string path, ReadOnlySpan<byte> bytes)
    {
        FileStream stream = Create(temporary);
        try
        {
            using (stream)
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            Move(temporary, path);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>The same for a file whose loss costs little: whole or absent after a failure or a kill, without waiting for the disk.</summary>
    internal static void WriteUnflushed(string temporary, string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream stream = Create(temporary); // one that another process writes is not ours to discard
        try
        {
            using (stream)
            {
                stream.Write(bytes);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Removes a temporary file after a failure that is about to be told, and which is not to be hidden by another.</summary>
    internal static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // The next writer of the same name replaces it.
        }
    }

    /// <summary>Moves a flushed file over whatever is at <paramref name="path"/>.</summary>
    internal static void Move(string temporary, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        EnsureFolder(folder);
        File.Move(temporary, path, overwrite: true);
        FlushFolder(folder);
    }

    /// <summary>Deletes a file, for good also after a power cut.</summary>
    internal static void Delete(string path)
    {
        File.Delete(path);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Flushes a finished file's bytes to the disk.</summary>
    internal static void Flush(string path)
    {
        // Unix flushes a read-only file too; Windows flushes only what may be written.
        FileAccess access = OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read;
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Makes the folder, and its name in its parent lasting.</summary>
    internal static void EnsureFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            EnsureFolder(parent);
        }

        Directory.CreateDirectory(folder);
        if (parent is not null)
        {
            FlushFolder(parent);
        }
    }

    private static string TemporaryFor(string path) => $"{path}.{Environment.ProcessId}.tmp";

    // Without a buffer, so that every failure to write is the write's and not the disposal's.
    private static FileStream Create(string temporary) =>
        new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);

    // .NET opens no folders; where the system has no fsync for them (Windows), the rename itself is journalled.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
        if (handle < 0)
        {
            return; // a folder without read permission: the rename is atomic all the same
        }

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
