using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace CircuitPipeline.Tensors.Calls;

/// <summary>
/// Calls whose native functions in TorchSharp 0.107.0 have no catch: what libtorch refuses there ends the process instead of
/// throwing, so it is refused here first. A test over the compiled code allows these functions here alone.
/// </summary>
/// <remarks>
/// <code>
/// THSTensor_matmul            shapes or element types that do not fit; not found here: a product that memory does not hold
/// THSAutograd_grad            an output that is no number or has no gradient, an input that it does not depend on, a graph that
///                             is freed by a call with the same output; not found here: a graph that another output's call has
///                             freed, a tensor of the graph that was changed in place
/// THSTorch_set_num_threads    fewer than one thread
/// </code>
/// Others without a catch that the house uses cannot fail with the arguments that C# lets through: they read or set a field, or
/// free an object (the test lists them). Where TorchSharp catches, it catches c10::Error and std::runtime_error, which is what
/// libtorch's own checks throw.
/// </remarks>
public static class GuardedCalls
{
    // Outputs whose graph has been freed by a backward pass.
    private static readonly ConditionalWeakTable<Tensor, object> Freed = [];

    /// <summary>The gradients of the sum of an output's numbers with respect to tensors that it was computed from; frees its graph.</summary>
    /// <param name="output">One number that was computed with gradients on.</param>
    /// <param name="inputs">What it was computed from.</param>
    /// <returns>In the order and of the shapes of the inputs.</returns>
    /// <exception cref="ArgumentException">The output is not one number, has no gradient, or does not depend on an input.</exception>
    /// <exception cref="InvalidOperationException">Its graph was freed by an earlier call.</exception>
    public static Tensor[] Gradients(Tensor output, IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count == 0)
        {
            throw new ArgumentException("There is nothing to differentiate by; give at least one input.");
        }

        if (output.numel() != 1 || !output.requires_grad)
        {
            throw new ArgumentException(
                $"A tensor of shape {output.ShapeText} {(output.requires_grad ? "is not one number" : "was computed without gradients")}, "
                    + "so it cannot be differentiated."
            );
        }

        foreach ((int index, Tensor input) in inputs.Index())
        {
            if (!input.requires_grad)
            {
                throw Unreached(index, input);
            }
        }

        if (!Freed.TryAdd(output, Freed))
        {
            throw new InvalidOperationException(
                "The graph of this tensor was freed when it was differentiated before; compute the tensor again."
            );
        }
        // Without allow_unused an input that is not reached would end the process.
        Tensor[] gradients = [.. autograd.grad([output], [.. inputs], allow_unused: true)];
        int unreached = Array.FindIndex(gradients, gradient => gradient.IsInvalid);
        return unreached < 0 ? gradients : throw Unreached(unreached, inputs[unreached]);
    }

    /// <summary>Gradients where one for the output is known, as between parts of a model that are differentiated one after another.</summary>
    /// <param name="output">What was computed with gradients.</param>
    /// <param name="upstream">The gradient for it, of its shape.</param>
    /// <param name="inputs">What it may depend on, at least one.</param>
    /// <returns>In the order of the inputs; null for one that the output does not depend on.</returns>
    /// <exception cref="ArgumentException">The output has no gradient, or the shapes differ.</exception>
    public static Tensor?[] GradientsOf(Tensor output, Tensor upstream, IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count == 0 || !output.requires_grad || !output.shape.AsSpan().SequenceEqual(upstream.shape))
        {
            throw new ArgumentException(
                $"A tensor of shape {output.ShapeText}, with a gradient of shape {upstream.ShapeText} and {inputs.Count} inputs, cannot be differentiated."
            );
        }

        return
        [
            .. autograd
                .grad([output], [.. inputs], [upstream], allow_unused: true)
                .Select(gradient => gradient.IsInvalid ? null : gradient),
        ];
    }

    /// <summary>Sets how many threads a native call may use, for the whole process.</summary>
    /// <param name="threads">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static void UseThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        set_num_threads(threads);
    }

    // A device's number costs a call more, and the processor has none.
    private static bool AreOnOneDevice(Tensor left, Tensor right) =>
        left.device_type == right.device_type
        && (left.device_type == TorchSharp.DeviceType.CPU || left.device.index == right.device.index);

    private static ArgumentException Unreached(int index, Tensor input) =>
        new(
            $"The output does not depend on input {index + 1} of shape {input.ShapeText}, so there is no gradient for it."
        );

    private static bool Broadcast(ReadOnlySpan<long> left, ReadOnlySpan<long> right)
    {
        for (int i = 1; i <= Math.Min(left.Length, right.Length); i++)
        {
            if (left[^i] != right[^i] && left[^i] != 1 && right[^i] != 1)
            {
                return false;
            }
        }

        return true;
    }

    extension(Tensor tensor)
    {
        /// <summary>The matrix product over the last two dimensions; those before them broadcast.</summary>
        /// <param name="other"><c>[…, inner, columns]</c> for this as <c>[…, rows, inner]</c>; one dimension is a vector.</param>
        /// <returns><c>[…, rows, columns]</c>, without the dimension that a vector lacks.</returns>
        /// <exception cref="ArgumentException">The shapes or the element types do not fit.</exception>
        public Tensor MatMul(Tensor other)
        {
            (long[] left, long[] right) = (tensor.shape, other.shape);
            bool fits =
                left.Length > 0
                && right.Length > 0
                && left[^1] == right[right.Length == 1 ? 0 : ^2]
                && Broadcast(
                    left.AsSpan(0, Math.Max(0, left.Length - 2)),
                    right.AsSpan(0, Math.Max(0, right.Length - 2))
                );
            if (!fits)
            {
                throw new ArgumentException(
                    $"A tensor of shape {tensor.ShapeText} cannot be multiplied by one of shape {other.ShapeText}: the last size of "
                        + "the first must be the last but one of the second, and those before must broadcast."
                );
            }

            if (tensor.dtype == ScalarType.Bool)
            {
                throw new ArgumentException("Tensors of 'Bool' cannot be multiplied as matrices; convert them.");
            }

            if (tensor.dtype != other.dtype || !AreOnOneDevice(tensor, other))
            {
                throw new ArgumentException(
                    $"A tensor of '{tensor.dtype}' on '{tensor.device}' cannot be multiplied by one of '{other.dtype}' on '{other.device}'; convert one of them."
                );
            }

            return tensor.matmul(other);
        }
    }
}
