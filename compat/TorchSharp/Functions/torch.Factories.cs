namespace TorchSharp;

public static partial class torch
{
    public static Tensor empty(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::empty.memory_format", dtype, device, requires_grad, size);

    public static Tensor empty(
        long size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::empty.memory_format", dtype, device, requires_grad, (long[])[size]);

    public static Tensor empty(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::empty.memory_format", dtype, device, requires_grad, (long[])[rows, columns]);

    public static Tensor empty(
        long dim0,
        long dim1,
        long dim2,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::empty.memory_format", dtype, device, requires_grad, (long[])[dim0, dim1, dim2]);

    public static Tensor empty(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::empty.memory_format", dtype, device, requires_grad, (long[])[dim0, dim1, dim2, dim3]);

    public static Tensor zeros(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::zeros", dtype, device, requires_grad, size);

    public static Tensor zeros(
        long size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::zeros", dtype, device, requires_grad, (long[])[size]);

    public static Tensor zeros(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::zeros", dtype, device, requires_grad, (long[])[rows, columns]);

    public static Tensor zeros(
        long dim0,
        long dim1,
        long dim2,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::zeros", dtype, device, requires_grad, (long[])[dim0, dim1, dim2]);

    public static Tensor zeros(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::zeros", dtype, device, requires_grad, (long[])[dim0, dim1, dim2, dim3]);

    public static Tensor ones(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::ones", dtype, device, requires_grad, size);

    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Factory.New("aten::ones", dtype, device, requires_grad, (long[])[size]);

    public static Tensor ones(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::ones", dtype, device, requires_grad, (long[])[rows, columns]);

    public static Tensor ones(
        long dim0,
        long dim1,
        long dim2,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::ones", dtype, device, requires_grad, (long[])[dim0, dim1, dim2]);

    public static Tensor ones(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::ones", dtype, device, requires_grad, (long[])[dim0, dim1, dim2, dim3]);

    public static Tensor rand(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::rand.generator", dtype, device, requires_grad, size, generator);

    public static Tensor rand(
        long size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::rand.generator", dtype, device, requires_grad, (long[])[size], generator);

    public static Tensor rand(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::rand.generator", dtype, device, requires_grad, (long[])[rows, columns], generator);

    public static Tensor rand(
        long dim0,
        long dim1,
        long dim2,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::rand.generator", dtype, device, requires_grad, (long[])[dim0, dim1, dim2], generator);

    public static Tensor rand(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::rand.generator", dtype, device, requires_grad, (long[])[dim0, dim1, dim2, dim3], generator);

    public static Tensor randn(
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::randn.generator", dtype, device, requires_grad, size, generator);

    public static Tensor randn(
        long size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::randn.generator", dtype, device, requires_grad, (long[])[size], generator);

    public static Tensor randn(
        long rows,
        long columns,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::randn.generator", dtype, device, requires_grad, (long[])[rows, columns], generator);

    public static Tensor randn(
        long dim0,
        long dim1,
        long dim2,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::randn.generator", dtype, device, requires_grad, (long[])[dim0, dim1, dim2], generator);

    public static Tensor randn(
        long dim0,
        long dim1,
        long dim2,
        long dim3,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) =>
        Factory.New("aten::randn.generator", dtype, device, requires_grad, (long[])[dim0, dim1, dim2, dim3], generator);

    public static Tensor full(
        long[] size,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::full", dtype ?? FillType(value), device, requires_grad, size, value);

    public static Tensor full(
        long size,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => full((long[])[size], value, dtype, device, requires_grad);

    public static Tensor full(
        long rows,
        long columns,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => full((long[])[rows, columns], value, dtype, device, requires_grad);

    public static Tensor eye(
        long rows,
        long columns = -1L,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::eye.m", dtype, device, requires_grad, rows, columns < 0 ? rows : columns);

    public static Tensor arange(
        Scalar start,
        Scalar stop,
        Scalar step,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) =>
        Factory.New(
            "aten::arange.start_step",
            dtype ?? RangeType(start, stop, step),
            device,
            requires_grad,
            start,
            stop,
            step
        );

    public static Tensor arange(
        Scalar start,
        Scalar stop,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(
        Scalar stop,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(
        double start,
        double end,
        long steps,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::linspace", dtype, device, requires_grad, start, end, steps);

    public static Tensor randint(
        long low,
        long high,
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) =>
        Factory.New(
            "aten::randint.low_generator",
            dtype ?? ScalarType.Int64,
            device,
            requires_grad,
            low,
            high,
            size,
            generator
        );

    public static Tensor randint(
        long high,
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randperm(
        long n,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Factory.New("aten::randperm.generator", dtype ?? ScalarType.Int64, device, requires_grad, n, generator);

    private static ScalarType? FillType(Scalar value) =>
        value.Type == ScalarType.Bool ? ScalarType.Bool
        : value.IsReal ? null
        : ScalarType.Int64;

    private static ScalarType? RangeType(params ReadOnlySpan<Scalar> ends)
    {
        foreach (Scalar end in ends)
        {
            if (end.IsReal)
                return ScalarType.Float32;
        }

        return ScalarType.Int64;
    }
}
