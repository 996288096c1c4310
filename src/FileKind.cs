using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CircuitPipeline;

/// <summary>Tells files from devices, pipes and sockets, which .NET does not. One source, compiled into each room that reads files.</summary>
internal static class FileKind
{
    // linux/stat.h: struct statx has stx_mode at byte 28 on every architecture.
    private const int StatxBytes = 256;
    private const int ModeAt = 28;
    private const uint WantedType = 1;
    private const int FromHere = -100; // AT_FDCWD
    private const int TypeBits = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Whether a path is a regular file or nothing at all; true where the system cannot tell.</summary>
    internal static bool IsRegularOrAbsent(string path)
    {
        // What links under /proc/PID/fd name may be no path at all, as of a pipe.
        if (!OperatingSystem.IsLinux() || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return !path.StartsWith("/proc/", StringComparison.Ordinal);
        }

        byte[] found = new byte[StatxBytes];
        return statx(FromHere, Encoding.UTF8.GetBytes(path + '\0'), 0, WantedType, found) != 0
            || (BinaryPrimitives.ReadUInt16LittleEndian(found.AsSpan(ModeAt)) & TypeBits) == Regular;
    }

    [DllImport("libc")]
    private static extern int statx(int folder, byte[] path, int flags, uint wanted, byte[] found);
}
