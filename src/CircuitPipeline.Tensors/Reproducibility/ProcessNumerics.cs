using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using CircuitPipeline.Tensors.Loading;

namespace CircuitPipeline.Tensors.Reproducibility;

/// <summary>The numerics of this process: libtorch and its libraries choose their instructions once, when they first compute.</summary>
public static class ProcessNumerics
{
    private static readonly Lock Turn = new();
    private static Numerics? _fixed;

    /// <summary>What this process computes with; null while nothing has been computed and nobody has chosen.</summary>
    public static Numerics? Current
    {
        get
        {
            lock (Turn)
            {
                return _fixed;
            }
        }
    }

    private static bool IsReproducibleHere =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64 && Avx2.IsSupported && Fma.IsSupported;

    /// <summary>Fixes the numerics for the rest of the process; again with the same value it does nothing.</summary>
    /// <param name="numerics">What to compute with.</param>
    /// <exception cref="NumericsException">The process computes with others already, or the processor cannot do it.</exception>
    public static void Fix(Numerics numerics)
    {
        lock (Turn)
        {
            if (_fixed is { } other && other != numerics)
            {
                throw new NumericsException(
                    $"This process computes with numerics '{Word(other)}' already, and they are fixed when it first computes; "
                        + $"use '{Word(other)}', or start another process for '{Word(numerics)}'."
                );
            }

            if (_fixed is not null)
            {
                return;
            }

            if (numerics == Numerics.Reproducible && !IsReproducibleHere)
            {
                throw new NumericsException(
                    $"Reproducible numerics need an x64 processor with AVX2 and FMA, which this one ({RuntimeInformation.ProcessArchitecture}) "
                        + "lacks or .NET was told not to use; use '--numerics=fast', or 'numerics: fast' in the experiment."
                );
            }

            NativeEnvironment.Set(numerics);
            if (numerics == Numerics.Reproducible && LibTorchLoader.CpuCapabilityIfLoaded is { } used and not "AVX2")
            {
                throw new NumericsException(
                    $"This process has computed with {used} instructions before numerics were chosen, so they cannot be 'reproducible' any more; "
                        + "choose them before anything computes, or start another process."
                );
            }

            _fixed = numerics;
        }
    }

    /// <summary>Fixes what nobody has chosen: libtorch is about to compute.</summary>
    internal static void FixUnlessChosen()
    {
        lock (Turn)
        {
            _fixed ??= Numerics.Fast;
        }
    }

    private static string Word(Numerics numerics) => numerics.ToString().ToLowerInvariant();
}

/// <summary>This process cannot compute with the numerics that are asked for.</summary>
/// <param name="message">One sentence: what was asked for, why it cannot be, and what to do.</param>
public sealed class NumericsException(string message) : InvalidOperationException(message);
