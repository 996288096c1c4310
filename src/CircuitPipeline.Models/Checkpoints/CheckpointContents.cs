using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;

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
            entries.Sum(entry => entry.Count),
            [.. entries.Select(entry => entry.Dtype).Distinct().Order(StringComparer.Ordinal)]
        );
    }

    /// <summary>What <see cref="Checkpoint"/> would refuse of a folder's tensors: names, shapes, element types, how many; no weight is read.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="options">What may be there beside what is known; by default nothing.</param>
    /// <returns>A sentence for each kind of problem, the loader's first; empty when the tensors are those of the configuration.</returns>
    /// <remarks>Whether a repeated embedding has the embedding's numbers is seen only when it is loaded.</remarks>
    /// <exception cref="InvalidDataException">It holds no weights that can be read; the message says what it holds instead.</exception>
    public static IEnumerable<string> Problems(
        string folder,
        TransformerConfig config,
        CheckpointOptions? options = null
    ) => new CheckpointPlaces(config, options ?? CheckpointOptions.Strict, CheckpointFiles.Of(folder)).Problems();
}
