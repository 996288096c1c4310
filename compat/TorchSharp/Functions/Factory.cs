using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What the factories share: the element types and the copy of managed memory into a new tensor.</summary>
internal static class Factory
{
    internal static ScalarType? TypeOf<T>() =>
        typeof(T) == typeof(float) ? ScalarType.Float32
        : typeof(T) == typeof(double) ? ScalarType.Float64
        : typeof(T) == typeof(long) ? ScalarType.Int64
        : typeof(T) == typeof(int) ? ScalarType.Int32
        : typeof(T) == typeof(short) ? ScalarType.Int16
        : typeof(T) == typeof(sbyte) ? ScalarType.Int8
        : typeof(T) == typeof(byte) ? ScalarType.Byte
        : typeof(T) == typeof(bool) ? ScalarType.Bool
        : typeof(T) == typeof(Half) ? ScalarType.Float16
        : null;

    /// <summary>Calls a factory whose schema ends with dtype, layout, device, pin_memory.</summary>
    internal static Tensor New(
        string name,
        ScalarType? dtype,
        Device? device,
        bool requires_grad,
        params ReadOnlySpan<Arg> sizes
    ) => Ops.One(name, [.. sizes, dtype, Arg.None, device, Arg.None]).with_requires_grad_if(requires_grad);

    internal static Tensor From<T>(
        ReadOnlySpan<T> values,
        ReadOnlySpan<long> shape,
        ScalarType? dtype,
        Device? device,
        bool requires_grad
    )
        where T : unmanaged
    {
        long count = 1;
        foreach (long size in shape)
            count *= size;
        if (count > values.Length)
            throw new ArgumentException(
                $"mismatched total size creating a tensor from an array: {count} vs. {values.Length}"
            );

        Tensor tensor = New("aten::empty.memory_format", TypeOf<T>(), null, false, shape.ToArray());
        MemoryMarshal.AsBytes(values[..(int)count]).CopyTo(tensor.CpuMemory(count));
        if ((dtype is { } type && type != tensor.dtype) || device is { type: not DeviceType.CPU })
            tensor = tensor.to(dtype ?? tensor.dtype, device ?? CPU, disposeAfter: true);
        return tensor.with_requires_grad_if(requires_grad);
    }

    private static Tensor with_requires_grad_if(this Tensor tensor, bool requires_grad) =>
        requires_grad ? tensor.requires_grad_() : tensor;
}
