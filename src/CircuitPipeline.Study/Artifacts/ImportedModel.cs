using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;

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
    internal IEnumerable<string> Paths =>
        Origin
            .Files.Select(file => Path.Combine(Folder, file.Name))
            .Concat((Origin.Adapter?.Files ?? []).Select(file => Path.Combine(AdapterFolder!, file.Name)));

    /// <summary>The names of the files of its tokenizer, which stay beside the weights.</summary>
    internal required ImmutableArray<string> TextFiles { get; init; }
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
);

/// <summary>Where an adapter over a base model is from.</summary>
/// <param name="Hub">Its id on the Hub; null for a folder.</param>
/// <param name="Revision">Its commit; null for a folder.</param>
/// <param name="Files">Configuration and weights.</param>
internal sealed record BaseAdapterOrigin(string? Hub, string? Revision, ModelFile[] Files);

/// <summary>A file of an imported model.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Sha256">Its digest.</param>
internal sealed record ModelFile(string Name, string Sha256);
