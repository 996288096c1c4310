using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>What the file system says of a file without reading it; unchanged stamp, unchanged bytes.</summary>
/// <param name="Bytes">Size.</param>
/// <param name="Modified">Last write, in nanoseconds.</param>
/// <param name="Changed">Last change of bytes or metadata, in nanoseconds; nobody can set it back. 0 outside Linux.</param>
/// <param name="Inode">The file's number. 0 outside Linux.</param>
internal readonly record struct FileStamp(long Bytes, long Modified, long Changed, ulong Inode)
{
    // Hashing this much takes less than a millisecond; a model is larger, and hashing it at every run would take seconds.
    private const long LargestHashed = 1 << 20;
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS

    /// <summary>Whether the stamp has to do for the file, since it is too large to be hashed every time.</summary>
    public bool IsOfLargeFile => Bytes > LargestHashed;

    /// <summary>The stamp as lines of kept digests have it: <c>size modified changed inode</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Bytes} {Modified} {Changed} {Inode}");

    /// <summary>The stamp of the file at this path; null when there is none.</summary>
    public static FileStamp? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return Ask(CurrentFolder, path, 0);
        }

        FileInfo file = new(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks * 100, 0, 0) : null;
    }

    /// <summary>The stamp of the open file; null where the system cannot tell.</summary>
    public static FileStamp? Of(SafeHandle open) =>
        OperatingSystem.IsLinux() ? Ask((int)open.DangerousGetHandle(), "", EmptyPath) : null;

    // .NET shows no inode; struct statx, unlike struct stat, is laid out alike on every Linux architecture.
    private static FileStamp? Ask(int folder, string path, int flags)
    {
        byte[] answer = new byte[256];
        if (statx(folder, Encoding.UTF8.GetBytes(path + '\0'), flags, BasicStats, answer) != 0)
        {
            return null;
        }

        return new FileStamp(
            Number(answer, 40),
            Nanoseconds(answer, 112),
            Nanoseconds(answer, 96),
            (ulong)Number(answer, 32)
        );
    }

    private static long Number(byte[] answer, int at) => BinaryPrimitives.ReadInt64LittleEndian(answer.AsSpan(at));

    private static long Nanoseconds(byte[] answer, int at) =>
        Number(answer, at) * 1_000_000_000 + BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(at + 8));

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] answer);
}
