using System.Runtime.InteropServices;

namespace CircuitPipeline.Tensors.Calls;

/// <summary>Memory of freed tensors, which the C library keeps for itself.</summary>
/// <remarks>
/// glibc maps tensors above 32 MB one by one, and gives them back at once. Smaller ones lie in its heap, where what is freed stays
/// in the process until something of the same size comes: after a run of many sizes that is half as much again as was ever in use.
/// Handing it back costs as long as touching its pages anew, so it is done between large parts of a run, and at a run's end.
/// </remarks>
public static class FreedMemory
{
    private const long Small = 1 << 26;

    /// <summary>Hands back what is free, where the C library can; changes no number.</summary>
    /// <param name="bytes">About how much was freed; below 64 MiB nothing is done.</param>
    public static void Return(long bytes)
    {
        if (bytes < Small || !OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = Trim(0);
        }
        catch (Exception cause) when (cause is EntryPointNotFoundException or DllNotFoundException)
        {
            // musl has no such function, and keeps little.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int Trim(nuint pad);
}
