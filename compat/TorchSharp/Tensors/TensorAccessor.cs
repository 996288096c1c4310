using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a CPU tensor, whatever its strides.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly long[] shape;
    private readonly long[] strides;

    internal TensorAccessor(torch.Tensor tensor) =>
        (this.tensor, shape, strides) = (tensor, tensor.shape, tensor.stride());

    public long Count => tensor.numel();

    /// <summary>An element by its index in every dimension, or by its position in row-major order.</summary>
    public T this[params long[] indices]
    {
        get => Memory()[(int)Offset(indices)];
        set => Memory()[(int)Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        T[] elements = new T[Count];
        if (elements.Length > 0)
            CopyTo(elements);
        return elements;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Span<T> target = array.AsSpan(arrayIndex);
        int count = (int)Math.Min(target.Length, Remaining(tensorIndex));
        Span<T> memory = Memory();
        if (tensor.is_contiguous())
        {
            memory.Slice((int)tensorIndex, count).CopyTo(target);
        }
        else
        {
            for (int i = 0; i < count; i++)
                target[i] = memory[(int)OffsetOf(tensorIndex + i)];
        }

        GC.KeepAlive(tensor);
    }

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        int count = (int)Math.Min(source.Length, Remaining(tensorIndex));
        Span<T> memory = Memory();
        if (tensor.is_contiguous())
        {
            source[..count].CopyTo(memory[(int)tensorIndex..]);
        }
        else
        {
            for (int i = 0; i < count; i++)
                memory[(int)OffsetOf(tensorIndex + i)] = source[i];
        }

        GC.KeepAlive(tensor);
    }

    public void Dispose() { }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Span<T> Memory()
    {
        long extent = Count == 0 ? 0 : 1;
        for (int i = 0; i < shape.Length && extent > 0; i++)
            extent += (shape[i] - 1) * strides[i];
        return MemoryMarshal.Cast<byte, T>(tensor.CpuMemory(extent));
    }

    private long Remaining(long from) =>
        from >= 0 && from < Count ? Count - from : throw new ArgumentOutOfRangeException(nameof(from));

    private long Offset(long[] indices)
    {
        if (indices.Length == 1 && shape.Length != 1)
            return indices[0] >= 0 && indices[0] < Count ? OffsetOf(indices[0]) : throw OutOfRange(indices[0], Count);

        long offset = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= shape[i])
                throw OutOfRange(indices[i], shape[i]);
            offset += indices[i] * strides[i];
        }

        return offset;
    }

    private long OffsetOf(long position)
    {
        long offset = 0;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            (position, long index) = Math.DivRem(position, shape[i]);
            offset += index * strides[i];
        }

        return offset;
    }

    private static IndexOutOfRangeException OutOfRange(long index, long size) =>
        new($"Index {index} is outside a dimension of size {size}.");
}
