using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>A base model that is not trained here, looked at before anything runs.</summary>
/// <param name="Origin">What results depend on; it is in the keys of what is made from the model.</param>
internal sealed record ImportedModel(BaseModelOrigin Origin)
{
    /// <summary>Where the model lies.</summary>
    internal required string Folder { get; init; }

    /// <summary>Where the adapter lies that is merged into it; null for none.</summary>
    internal string? AdapterFolder { get; init; }

    /// <summary>The model's shape.</summary>
    internal required TransformerConfig Shape { get; init; }

    /// <summary>The paths of all files.</summary>
    internal IEnumerable<string> Paths => Files.Select(file => file.Path);

    /// <summary>The names of the files of its tokenizer, which stay beside the weights.</summary>
    internal required ImmutableArray<string> TextFiles { get; init; }

    private IEnumerable<(string Path, string Sha256)> Files =>
        Origin
            .Files.Select(file => (Path.Combine(Folder, file.Name), file.Sha256))
            .Concat(
                (Origin.Adapter?.Files ?? []).Select(file => (Path.Combine(AdapterFolder!, file.Name), file.Sha256))
            );

    /// <summary>Reads all files again after they were used: what was made of other ones than <see cref="Origin"/> says must not be kept under its key.</summary>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidDataException">A file is another one now.</exception>
    internal void MustBeAsItWas(CancellationToken cancellation)
    {
        foreach ((string path, string sha256) in Files)
        {
            if (Digest.OfFile(path, cancellation).ToString() is var found && found != sha256)
            {
                throw new InvalidDataException(
                    $"{path}: the file has changed since the study was opened, its SHA-256 was {sha256} and is {found}; leave it alone, and run the study again."
                );
            }
        }
    }
}

/// <summary>Where a base model is from: digests, never a path or a time.</summary>
/// <param name="Hub">The model's id on the Hub; null for a folder.</param>
/// <param name="Revision">Its commit; null for a folder.</param>
/// <param name="Files">Configuration, weights and tokenizer.</param>
/// <param name="Adapter">The adapter that was merged into it; null for none.</param>
/// <param name="IgnoreKeys">Keys of the configuration that were passed over; null for none.</param>
/// <param name="IgnoreTensors">Patterns of names of tensors that were left out; null for none.</param>
internal sealed record BaseModelOrigin(
    string? Hub,
    string? Revision,
    ModelFile[] Files,
    BaseAdapterOrigin? Adapter,
    string[]? IgnoreKeys,
    string[]? IgnoreTensors
)
{
    /// <summary>The type that it is computed in, where it is not float32; else null.</summary>
    public string? Dtype { get; init; }
}

/// <summary>Where an adapter over a base model is from.</summary>
/// <param name="Hub">Its id on the Hub; null for a folder.</param>
/// <param name="Revision">Its commit; null for a folder.</param>
/// <param name="Files">Configuration and weights.</param>
internal sealed record BaseAdapterOrigin(string? Hub, string? Revision, ModelFile[] Files);

/// <summary>A file of an imported model.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Sha256">Its digest.</param>
internal sealed record ModelFile(string Name, string Sha256)
{
    /// <summary>Whether these are weights, all or a part, and no configuration or text.</summary>
    internal bool HoldsWeights => Path.GetExtension(Name) == ".safetensors";
}
