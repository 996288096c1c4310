namespace CircuitPipeline.Tensors.Reproducibility;

/// <summary>Whether a device may compute in its own fastest way, or must in one that all of its kind share; the last bits follow from it.</summary>
public enum Numerics
{
    /// <summary>The fastest that the device has: another class of processor or card may give other last bits, and CUDA another run.</summary>
    Fast,

    /// <summary>
    /// The same bits on every x64 processor with AVX2, for the same number of threads; on CUDA the same bits in every run on the
    /// same model of card with the same libraries.
    /// </summary>
    Reproducible,
}
