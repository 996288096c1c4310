namespace CircuitPipeline.Hub.Cache;

/// <summary>A file of a snapshot: a relative link to its blob, so that a cache can be moved, and a copy where the system makes no links.</summary>
internal static class SnapshotLink
{
    /// <summary>Makes it; what is there is replaced unless it is this very link.</summary>
    internal static void Make(string blob, string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        Directory.CreateDirectory(folder);
        string target = Path.GetRelativePath(folder, blob);
        if (new FileInfo(file).LinkTarget == target)
        {
            return;
        }

        File.Delete(file);
        try
        {
            File.CreateSymbolicLink(file, target);
        }
        catch (Exception refused)
            when (OperatingSystem.IsWindows() && refused is IOException or UnauthorizedAccessException)
        {
            File.Copy(blob, file, overwrite: true); // Windows asks for a right that few users have
        }
    }

    /// <summary>The bytes of a file behind links.</summary>
    internal static long Length(string file)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(file);
        return RandomAccess.GetLength(handle);
    }
}
