namespace CircuitPipeline.Tensors;

/// <summary>The native files of the engine, as they were loaded.</summary>
/// <param name="LibTorch">The path of libtorch's first file.</param>
/// <param name="Shim">The path of TorchSharp's own native library.</param>
/// <param name="IsShimWeakened">Whether that is the private copy for an older libstdc++.</param>
public sealed record LoadedLibTorch(string LibTorch, string Shim, bool IsShimWeakened)
{
    internal nint LibTorchHandle { get; init; }

    internal nint ShimHandle { get; init; }
}

/// <summary>The engine's native files are missing or cannot be loaded.</summary>
/// <param name="message">One sentence: what was looked for, where, and what to do.</param>
/// <param name="cause">What the system said, where it did.</param>
public sealed class LibTorchNotLoadedException(string message, Exception? cause = null)
    : DllNotFoundException(message, cause);
