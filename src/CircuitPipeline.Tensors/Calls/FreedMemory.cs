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

    // mallopt's parameters and glibc's own values once it has met large tensors (malloc.h; M_MMAP_THRESHOLD is at most 32 MiB).
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;
    private const int UsualTrim = 1 << 26;
    private const int UsualPad = 1 << 17;
    private const int LargestMap = 1 << 25;
    private static readonly Lock Keeping = new();
    private static int _keepers;

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

    /// <summary>Lets the C library keep what is freed until this is disposed, where it can; changes no number.</summary>
    /// <remarks>
    /// A step of training frees all that it has made and makes the same again. Handed back in between, every page is touched anew,
    /// which is a call of the system each: two fifths of a step of 2,560 tokens of a model of width 64. What is kept is no more than
    /// a step's peak. Several may keep at once.
    /// </remarks>
    public static IDisposable Keep() => new Kept();

    private static void Set(params ReadOnlySpan<(int Parameter, int Value)> options)
    {
        try
        {
            foreach ((int parameter, int value) in options)
            {
                _ = SetOption(parameter, value);
            }
        }
        catch (Exception cause) when (cause is EntryPointNotFoundException or DllNotFoundException)
        {
            // As above.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int SetOption(int parameter, int value);

    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int Trim(nuint pad);

    private sealed class Kept : IDisposable
    {
        private bool _isOver;

        internal Kept()
        {
            lock (Keeping)
            {
                if (++_keepers == 1 && OperatingSystem.IsLinux())
                {
                    // The pad keeps the heaps of other threads than the first, which end where one would be empty.
                    Set((MapThreshold, LargestMap), (TrimThreshold, int.MaxValue), (TopPad, UsualTrim));
                }
            }
        }

        public void Dispose()
        {
            lock (Keeping)
            {
                if (_isOver || --_keepers > 0)
                {
                    _isOver = true;
                    return;
                }

                _isOver = true;
                if (OperatingSystem.IsLinux())
                {
                    Set((TrimThreshold, UsualTrim), (TopPad, UsualPad));
                    Return(long.MaxValue);
                }
            }
        }
    }
}
