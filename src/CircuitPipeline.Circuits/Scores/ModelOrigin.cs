using System.Collections.Immutable;

namespace CircuitPipeline.Circuits.Scores;

/// <summary>Which model scores are of.</summary>
/// <param name="Digest">
/// 64 hexadecimal digits that stand for the configuration and all weights: the SHA-256 of lines <c>SHA-256, two spaces, name</c>, one for
/// each of these files in the order of their names, as <c>sha256sum</c> prints them.
/// </param>
public sealed record ModelOrigin(string Digest)
{
    /// <summary>The model's id on the Hugging Face Hub; null for a model of a folder.</summary>
    public string? Id { get; init; }

    /// <summary>Its commit there; null for a model of a folder.</summary>
    public string? Commit { get; init; }

    /// <summary>Keys of the configuration that were passed over.</summary>
    public ImmutableArray<string> IgnoredKeys { get; init; } = [];

    /// <summary>Names of tensors that were passed over, each in full.</summary>
    public ImmutableArray<string> IgnoredTensors { get; init; } = [];

    /// <summary>The adapter that changed the weights; null for the model alone.</summary>
    public AdapterOrigin? Adapter { get; init; }

    /// <summary>Whether another says the same.</summary>
    /// <param name="other">Another.</param>
    public bool Equals(ModelOrigin? other) =>
        other is not null
        && (Digest, Id, Commit, Adapter) == (other.Digest, other.Id, other.Commit, other.Adapter)
        && IgnoredKeys.SequenceEqual(other.IgnoredKeys)
        && IgnoredTensors.SequenceEqual(other.IgnoredTensors);

    /// <summary>A hash code that fits <see cref="Equals(ModelOrigin?)"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(Digest, Id, Commit, Adapter);
}

/// <summary>An adapter that changed a model's weights.</summary>
/// <param name="Path">Where it was, as the user wrote it.</param>
/// <param name="Digest">64 hexadecimal digits that stand for its configuration and weights, made as those of <see cref="ModelOrigin"/>.</param>
/// <param name="Method">How it changes them: <c>lora</c>, …</param>
public sealed record AdapterOrigin(string Path, string Digest, string Method);
