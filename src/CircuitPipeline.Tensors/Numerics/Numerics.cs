namespace CircuitPipeline.Tensors;

/// <summary>Which of a processor's instructions sums and functions may be computed with; the last bits follow from it.</summary>
public enum Numerics
{
    /// <summary>The fastest that the processor has: another class of processor may give other last bits.</summary>
    Fast,

    /// <summary>
    /// The same bits on every x64 processor with AVX2, for the same number of threads; on CUDA the same bits whenever the same
    /// device computes the same thing.
    /// </summary>
    Reproducible,
}
