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

    public T this[params long[] indices]
    {
        get => Memory()[Offset(indices)];
        set => Memory()[Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        if (tensor.is_contiguous())
            return Memory().ToArray();
        using torch.Tensor copy = tensor.contiguous();
        return copy.data<T>().ToArray();
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        ToArray().AsSpan((int)tensorIndex).CopyTo(array.AsSpan(arrayIndex));

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (!tensor.is_contiguous())
            throw new InvalidOperationException("CopyFrom needs a contiguous tensor.");
        array[arrayIndex..].CopyTo(Memory()[(int)tensorIndex..]);
    }

    public void Dispose() { }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Span<T> Memory()
    {
        long extent = Count == 0 ? 0 : 1 + shape.Select((size, i) => (size - 1) * strides[i]).Sum();
        return MemoryMarshal.Cast<byte, T>(tensor.CpuMemory(extent));
    }

    private int Offset(long[] indices)
    {
        if (indices.Length != shape.Length)
            throw new ArgumentException($"{indices.Length} indices for a tensor of {shape.Length} dimensions.");
        long offset = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= shape[i])
                throw new IndexOutOfRangeException($"Index {indices[i]} is outside dimension {i} of size {shape[i]}.");
            offset += indices[i] * strides[i];
        }

        return (int)offset;
    }
}
