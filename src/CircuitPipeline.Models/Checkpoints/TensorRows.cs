using static TorchSharp.torch;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>Bytes of a file to a tensor and back, in pieces: a span has at most 2^31 of them.</summary>
internal static class TensorRows
{
    private const long PieceBytes = 1 << 26;

    /// <summary>First row and number of rows of each piece of a tensor; one piece where it has no rows.</summary>
    internal static IEnumerable<(long First, long Count)> Pieces(long[] shape, long bytes)
    {
        if (shape.Length == 0 || bytes == 0)
        {
            yield return (0, shape.Length == 0 ? 1 : shape[0]);
            yield break;
        }

        long rows = shape[0];
        long each = Math.Max(1, PieceBytes / Math.Max(1, bytes / rows));
        for (long first = 0; first < rows; first += each)
        {
            yield return (first, Math.Min(each, rows - first));
        }
    }

    /// <summary>Writes a contiguous tensor of the processor to where the file is.</summary>
    internal static void Write(Stream file, Tensor tensor) => EachPiece(tensor, part => file.Write(part.bytes));

    /// <summary>Fills a contiguous tensor of the processor from where the file is.</summary>
    internal static void Read(Stream file, Tensor tensor) => EachPiece(tensor, part => file.ReadExactly(part.bytes));

    private static void EachPiece(Tensor tensor, Action<Tensor> take)
    {
        long bytes = tensor.numel() * tensor.element_size();
        if (bytes == 0)
        {
            return;
        }

        if (tensor.dim() == 0)
        {
            take(tensor);
            return;
        }

        foreach ((long first, long count) in Pieces(tensor.shape, bytes))
        {
            using Tensor rows = tensor.narrow(0, first, count);
            take(rows);
        }
    }
}
