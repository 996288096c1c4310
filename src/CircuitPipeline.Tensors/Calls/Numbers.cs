using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Tensors.Calls;

/// <summary>Arithmetic of tensors with numbers, in which the number outlives the native call that reads it.</summary>
/// <remarks>
/// TorchSharp 0.107.0 passes a number as a <see cref="Scalar"/>, whose finalizer frees the native part. Where C# makes one on the
/// way, as in <c>x * 0.5</c> or <c>x.masked_fill(mask, -1)</c>, nothing refers to it while the native call runs: a collection
/// of garbage in that moment frees it, and the call fails or, in silence, computes with another number. TorchSharp makes such
/// scalars itself too, in <c>x + y</c> (a factor of 1), in <c>pow</c>, in its optimizers. So numbers go through this class, and
/// a test over the compiled code refuses every other way (upstream: pull requests 1434 and 1496). The methods here keep the
/// scalar by <c>using</c> until the call is over. Tensors have the same finalizer: they live in a dispose scope or a field.
/// </remarks>
public static class Numbers
{
    private static readonly Scalar One = 1.ToScalar();

    /// <summary>The whole numbers from one to below another.</summary>
    /// <param name="first">The first.</param>
    /// <param name="end">The first that is not among them.</param>
    /// <param name="device">Where they go.</param>
    /// <returns><c>[end - first]</c>, Int64.</returns>
    public static Tensor Range(long first, long end, Device device)
    {
        using Scalar start = first.ToScalar();
        using Scalar stop = end.ToScalar();
        return arange(start, stop, One, ScalarType.Int64, device);
    }

    extension(Tensor tensor)
    {
        /// <summary>This in float32 where it is of 16 bits, so that sums and differences keep their digits; else as it is.</summary>
        public Tensor Wide() =>
            tensor.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? tensor.to(ScalarType.Float32) : tensor;

        /// <summary>This + other.</summary>
        /// <param name="other">A shape that broadcasts with this one.</param>
        public Tensor Plus(Tensor other) => tensor.add(other, One);

        /// <summary>This + other, in place.</summary>
        /// <param name="other">A shape that broadcasts to this one.</param>
        public Tensor PlusInPlace(Tensor other) => tensor.add_(other, One);

        /// <summary>This + factor · other, in place.</summary>
        /// <param name="other">A shape that broadcasts to this one.</param>
        /// <param name="factor">Of the other.</param>
        public Tensor PlusInPlace(Tensor other, double factor)
        {
            using Scalar scalar = factor.ToScalar();
            return tensor.add_(other, scalar);
        }

        /// <summary>This + number.</summary>
        public Tensor Plus(double number)
        {
            using Scalar scalar = number.ToScalar();
            return tensor.add(scalar, One);
        }

        /// <summary>This + number, in place.</summary>
        public Tensor PlusInPlace(double number)
        {
            using Scalar scalar = number.ToScalar();
            return tensor.add_(scalar, One);
        }

        /// <summary>This · number.</summary>
        public Tensor Times(double number)
        {
            using Scalar scalar = number.ToScalar();
            return tensor.mul(scalar);
        }

        /// <summary>This · number, in place.</summary>
        public Tensor TimesInPlace(double number)
        {
            using Scalar scalar = number.ToScalar();
            return tensor.mul_(scalar);
        }

        /// <summary>This / number.</summary>
        public Tensor DividedBy(double number)
        {
            using Scalar scalar = number.ToScalar();
            return tensor.div(scalar);
        }

        /// <summary>This / number, in place.</summary>
        public Tensor DivideInPlace(double number)
        {
            using Scalar scalar = number.ToScalar();
            return tensor.div_(scalar);
        }

        /// <summary>This, with nothing below a number.</summary>
        public Tensor AtLeast(double number)
        {
            using Scalar scalar = number.ToScalar();
            return tensor.clamp_min(scalar);
        }

        /// <summary>Where this is a number; Bool.</summary>
        public Tensor IsEqualTo(double number)
        {
            using Scalar scalar = number.ToScalar();
            return tensor.eq(scalar);
        }

        /// <summary>This, with a number where the mask is true.</summary>
        /// <param name="mask">Bool, of a shape that broadcasts to this one.</param>
        /// <param name="number">What is put there.</param>
        public Tensor FilledWhere(Tensor mask, double number)
        {
            using Scalar scalar = number.ToScalar();
            return tensor.masked_fill(mask, scalar);
        }

        /// <summary>This + factor · first · second, in place.</summary>
        /// <param name="first">A shape that broadcasts to this one.</param>
        /// <param name="second">A shape that broadcasts to this one.</param>
        /// <param name="factor">Of the product.</param>
        public Tensor PlusProductInPlace(Tensor first, Tensor second, double factor = 1)
        {
            using Scalar scalar = factor.ToScalar();
            return tensor.addcmul_(first, second, scalar);
        }

        /// <summary>This + factor · dividend / divisor, in place.</summary>
        /// <param name="dividend">A shape that broadcasts to this one.</param>
        /// <param name="divisor">A shape that broadcasts to this one.</param>
        /// <param name="factor">Of the quotient.</param>
        public Tensor PlusQuotientInPlace(Tensor dividend, Tensor divisor, double factor)
        {
            using Scalar scalar = factor.ToScalar();
            return tensor.addcdiv_(dividend, divisor, scalar);
        }
    }
}
