using System.Collections.Immutable;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>What a model's folder holds, by the headers of its files; no weight is read.</summary>
/// <param name="Files">The files of weights.</param>
/// <param name="Tensors">How many tensors they store.</param>
/// <param name="Values">How many numbers those have, derived buffers included.</param>
/// <param name="Dtypes">The element types, as safetensors names them.</param>
public sealed record CheckpointContents(
    ImmutableArray<string> Files,
    int Tensors,
    long Values,
    ImmutableArray<string> Dtypes
)
{
    /// <summary>Looks into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidDataException">It holds no weights that can be read; the message says what it holds instead.</exception>
    public static CheckpointContents Of(string folder)
    {
        IReadOnlyList<string> files = CheckpointFiles.Of(folder);
        TensorEntry[] entries = [.. files.SelectMany(Safetensors.Entries)];
        return new CheckpointContents(
            [.. files.Select(file => Path.GetFileName(file)!)],
            entries.Length,
            entries.Sum(entry => entry.Shape.Aggregate(1L, (product, size) => product * size)),
            [.. entries.Select(entry => entry.Dtype).Distinct().Order(StringComparer.Ordinal)]
        );
    }
}
