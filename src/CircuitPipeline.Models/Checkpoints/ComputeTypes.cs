using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>In which element types a device can compute; older versions of libtorch store float16 on a processor, but do not multiply it.</summary>
internal static class ComputeTypes
{
    /// <summary>Refuses a type in which a small matrix product fails.</summary>
    /// <exception cref="NotSupportedException">The product fails.</exception>
    internal static void MustCompute(ScalarType dtype, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        try
        {
            Tensor one = ones(1, 1, dtype, device);
            one.mm(one);
        }
        catch (ExternalException cause)
        {
            throw new NotSupportedException(
                $"This libtorch ({__version__}) cannot compute in '{dtype}' on '{device}'; choose another of 'Float32', 'Float64', 'BFloat16' and 'Float16'.",
                cause
            );
        }
    }
}
