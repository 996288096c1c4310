using CircuitPipeline.Tensors.Reproducibility;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Tensors.Calls;

/// <summary>y = x Wᵀ + b, the product that nearly all time goes into, by the fastest kernel that the numerics allow.</summary>
/// <remarks>
/// The only kernels of MKL that give the same bits on every processor use none of a processor's wide instructions (on one with
/// AVX-512 they take 3 to 7 times as long). oneDNN's convolutions with at most AVX2 gave the same bits, forward and backward, wherever they
/// were compared (this processor, and emulated ones of Intel and AMD), and a linear map is a convolution with a filter of one point, in the
/// layout 'channels last' on the same memory. libtorch takes oneDNN for such a filter from a batch of 16 on (aten/src/ATen/native/Convolution.cpp).
/// </remarks>
public static class LinearProducts
{
    // Below, either the calls around the product take longer than it, or a side is too narrow for oneDNN's blocks (measured).
    private const long LeastProducts = 1_500_000;
    private const long LeastWidth = 16;
    private const long LeastBatch = 16;

    // oneDNN 3.7.1's convolution for AVX2 writes wrong numbers behind the last whole block of outputs where a row of points is short:
    // of widths that are multiples of 16 and not of 32, one in four shapes; of multiples of 32, none of thousands.
    private const long OutputBlock = 32;

    // MKL shares a product of few rows and many outputs out badly: on two threads it takes longer than on one (measured). As products
    // of parts of the outputs, which the threads take in turn, it takes half the time, and so does the gradient of what it reads.
    private const long ManyOutputs = 8192;
    private const long FewestRows = 8;
    private const long FewRows = 128;
    private const long OutputParts = 16;

    // oneDNN 3.7.1 chooses its blocks for a convolution of one point between these widths, or back, by a rule of its own, which divides a
    // whole number by another that is 0 for few rows: the process ends (float32 forward from 512 to 2048, backward the other way too).
    private static readonly (long, long)[] FatalWidths = [(256, 1024), (512, 1024), (512, 2048), (1024, 2048)];

    /// <summary>How many rows to compute in the place of some: as many as fill the kernels' last block up, where that is at most a tenth more; a copy at every map costs more.</summary>
    /// <param name="rows">At least as many.</param>
    public static int FilledRows(int rows)
    {
        int missing = -rows & ((int)LeastBatch - 1);
        return 10 * missing <= rows ? rows + missing : rows;
    }

    /// <summary>The linear map.</summary>
    /// <param name="input">x <c>[…, in]</c>.</param>
    /// <param name="weight">W <c>[out, in]</c>.</param>
    /// <param name="bias">b <c>[out]</c>; null where there is none.</param>
    /// <returns>y <c>[…, out]</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor? bias = null)
    {
        if (ProcessNumerics.Current != Numerics.Reproducible)
        {
            return bias is null && IsWide(input, weight)
                ? ByParts(input, weight)
                : nn.functional.linear(input, weight, bias);
        }

        long[] shape = input.shape;
        if (shape.Length == 0 || weight.Dimensions != 2 || shape[^1] != weight.size(1))
        {
            throw new ArgumentException(
                $"A linear map of shape {weight.ShapeText} cannot take a tensor of shape {input.ShapeText}: the last size of both must be the same."
            );
        }

        (long outputs, long inputs) = (weight.size(0), shape[^1]);
        long rows = shape.AsSpan(0, shape.Length - 1).Product();
        if (
            Math.Min(inputs, outputs) < LeastWidth
            || outputs % OutputBlock != 0
            || rows * inputs * outputs < LeastProducts
            || input.dtype != ScalarType.Float32
            || input.device_type != DeviceType.CPU
        )
        {
            return nn.functional.linear(input, weight, bias);
        }

        using HeldTensors? held = HeldTensors.OutsideScopes(input);
        if (FatalWidths.Contains((Math.Min(inputs, outputs), Math.Max(inputs, outputs))))
        {
            long half = outputs / 2;
            return cat([Part(0), Part(half)], -1);

            Tensor Part(long start) => Linear(input, weight.narrow(0, start, half), bias?.narrow(0, start, half));
        }

        if (rows % LeastBatch != 0 && BatchOf(rows) is null)
        {
            Tensor filled = cat([
                input.reshape(rows, inputs),
                zeros(LeastBatch - rows % LeastBatch, inputs, input.dtype, input.device),
            ]);
            return Convolution(filled, weight, bias)
                .narrow(0, 0, rows)
                .reshape([.. shape.AsSpan(0, shape.Length - 1), outputs]);
        }

        return Convolution(input.reshape(rows, inputs), weight, bias)
            .reshape([.. shape.AsSpan(0, shape.Length - 1), outputs]);
    }

    /// <summary>The linear map and a low-rank update of it, y = x Wᵀ + b + s (x Aᵀ) Bᵀ, with nothing of y's size beside y.</summary>
    /// <param name="input">x <c>[…, in]</c>.</param>
    /// <param name="weight">W <c>[out, in]</c>.</param>
    /// <param name="bias">b <c>[out]</c>; null where there is none.</param>
    /// <param name="a">A <c>[rank, in]</c>; where its type is wider than x's, as beside weights of 16 bits, y is rounded once.</param>
    /// <param name="b">B <c>[out, rank]</c>, of A's type; the products of its gradients are 4 times as fast where it lies column by column.</param>
    /// <param name="scale">s.</param>
    /// <returns>y <c>[…, out]</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor LinearPlus(Tensor input, Tensor weight, Tensor? bias, Tensor a, Tensor b, double scale)
    {
        long[] shape = input.shape;
        using Tensor rows = input.reshape(-1, shape[^1]); // [rows, in]
        if (a.dtype != rows.dtype)
        {
            using Tensor narrow = Linear(rows, weight, bias);
            using Tensor wide = Plus(narrow.to(a.dtype), rows.to(a.dtype), a, b, scale);
            return wide.to(rows.dtype).view([.. shape.AsSpan(0, shape.Length - 1), weight.size(0)]);
        }

        using Tensor own = Linear(rows, weight, bias); // [rows, out]
        Tensor sum = Plus(own, rows, a, b, scale);
        return sum.view([.. shape.AsSpan(0, shape.Length - 1), weight.size(0)]);
    }

    /// <summary>The linear map and an update of its own for each of equal parts of the rows, which see no other.</summary>
    /// <param name="input">x <c>[…, in]</c>, whose rows are those of part 1, then of part 2, and so on.</param>
    /// <param name="weight">W <c>[out, in]</c>.</param>
    /// <param name="bias">b <c>[out]</c>; null where there is none.</param>
    /// <param name="a">A <c>[part, rank, in]</c>; of a wider type than x's it is as above.</param>
    /// <param name="b">B <c>[part, out, rank]</c>, of A's type.</param>
    /// <param name="scale">s.</param>
    /// <returns>y <c>[…, out]</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor LinearPlusEach(Tensor input, Tensor weight, Tensor? bias, Tensor a, Tensor b, double scale)
    {
        long[] shape = input.shape;
        long rows = shape.AsSpan(0, shape.Length - 1).Product();
        (long parts, long outputs) = (a.size(0), weight.size(0));
        if (rows % parts != 0)
        {
            throw new ArgumentException($"{rows} rows cannot be shared out equally among {parts} updates.");
        }

        using Tensor own = In(a.dtype, Linear(input, weight, bias)); // […, out]
        using Tensor split = In(a.dtype, input).reshape(parts, rows / parts, shape[^1]); // [part, row, in]
        using Tensor down = a.transpose(1, 2); // [part, in, rank]
        using Tensor low = split.MatMul(down);
        using Tensor scaled = low.Times(scale); // [part, row, rank]
        using Tensor up = b.transpose(1, 2); // [part, rank, out]
        using Tensor update = scaled.MatMul(up); // [part, row, out]
        using Tensor flat = update.view([.. shape.AsSpan(0, shape.Length - 1), outputs]);
        return In(input.dtype, own.Plus(flat));
    }

    /// <summary>A map to many outputs without bias, computed as products of equal parts of them.</summary>
    /// <param name="input">x <c>[…, in]</c>.</param>
    /// <param name="weight">W <c>[out, in]</c>, contiguous, of a multiple of 16 outputs.</param>
    /// <returns>y <c>[…, out]</c>.</returns>
    internal static Tensor ByParts(Tensor input, Tensor weight)
    {
        (long outputs, long inputs) = (weight.size(0), weight.size(1));
        using HeldTensors? held = HeldTensors.OutsideScopes(input);
        using Tensor rows = input.reshape(1, -1, inputs);
        using Tensor repeated = rows.expand(OutputParts, -1, -1); // [part, rows, in]
        using Tensor parts = weight.view(OutputParts, outputs / OutputParts, inputs);
        using Tensor turned = parts.transpose(1, 2); // [part, in, out / part]
        using Tensor mapped = repeated.MatMul(turned); // [part, rows, out / part]
        using Tensor byRow = mapped.transpose(0, 1);
        long[] shape = input.shape;
        return byRow.reshape([.. shape.AsSpan(0, shape.Length - 1), outputs]);
    }

    // own [rows, out] and the update of rows [rows, in], all of one type; own may be overwritten
    private static Tensor Plus(Tensor own, Tensor rows, Tensor a, Tensor b, double scale)
    {
        using Tensor low = nn.functional.linear(rows, a); // [rows, rank]
        using Tensor scaled = low.Times(scale);
        using Tensor up = b.t(); // [rank, out]
        // In place only what is no view, which the convolution's result is.
        return ProcessNumerics.Current == Numerics.Reproducible ? own.addmm(scaled, up) : own.addmm_(scaled, up);
    }

    private static Tensor In(ScalarType type, Tensor tensor) => tensor.dtype == type ? tensor : tensor.to(type);

    // A trained weight's gradient would come part by part, each turned.
    private static bool IsWide(Tensor input, Tensor weight) =>
        weight.Dimensions == 2
        && weight.size(0) >= ManyOutputs
        && weight.size(0) % OutputParts == 0
        && input.Dimensions > 0
        && input.size(-1) == weight.size(1)
        && input.numel() / weight.size(1) is >= FewestRows and <= FewRows
        && input.device_type == DeviceType.CPU
        && input.dtype is ScalarType.Float32 or ScalarType.Float64
        && input.dtype == weight.dtype
        && weight.is_contiguous()
        && !(weight.requires_grad && is_grad_enabled());

    // input [rows, in], of whose rows a batch of 16 or more can be made -> [rows, out]
    private static Tensor Convolution(Tensor input, Tensor weight, Tensor? bias)
    {
        (long rows, long inputs, long outputs) = (input.size(0), input.size(1), weight.size(0));
        long batch = BatchOf(rows)!.Value;
        Tensor points = input.reshape(batch, 1, rows / batch, inputs).permute(0, 3, 1, 2); // [batch, in, 1, rows / batch]
        Tensor filter = weight.reshape(outputs, 1, 1, inputs).permute(0, 3, 1, 2); // [out, in, 1, 1]
        Tensor mapped = nn.functional.conv2d(points, filter, bias); // [batch, out, 1, rows / batch]
        return mapped.permute(0, 2, 3, 1).reshape(rows, outputs);
    }

    // The least that oneDNN is taken for and that leaves no row over; null where there is none. A larger one would cut the rows
    // into pieces that are shorter than oneDNN's blocks.
    private static long? BatchOf(long rows)
    {
        for (long batch = LeastBatch; batch <= Math.Min(rows, 4 * LeastBatch); batch++)
        {
            if (rows % batch == 0)
            {
                return batch;
            }
        }

        return null;
    }

    private static long Product(this Span<long> sizes)
    {
        long product = 1;
        foreach (long size in sizes)
        {
            product *= size;
        }

        return product;
    }
}
