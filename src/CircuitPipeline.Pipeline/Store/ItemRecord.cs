using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>What a work item made, under the key that decided it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Outputs">The files, sorted by name.</param>
/// <param name="Provenance">Recorded but not in the key: commit, host, processor, seconds, peak memory, time.</param>
public sealed record ItemRecord(
    ItemKey Key,
    ImmutableArray<StoredFile> Outputs,
    ImmutableSortedDictionary<string, string> Provenance
)
{
    /// <summary>The output of this name.</summary>
    public StoredFile Output(string name) =>
        Outputs.FirstOrDefault(file => file.Name == name)
        ?? throw new KeyNotFoundException(
            $"Work item '{Key.Stage}/{Key.Item}' made no file '{name}'; it made "
                + $"{string.Join(", ", Outputs.Select(file => $"'{file.Name}'"))}."
        );

    /// <summary>Records are equal when their keys, outputs and provenance are.</summary>
    public bool Equals(ItemRecord? other) =>
        other is not null
        && Key.Equals(other.Key)
        && Outputs.SequenceEqual(other.Outputs)
        && Provenance.SequenceEqual(other.Provenance);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();
}

/// <summary>One file that a work item made.</summary>
/// <param name="Name">Its path in the item's folder, with <c>/</c> between segments.</param>
/// <param name="Digest">The digest of its bytes; the name of its blob.</param>
/// <param name="Bytes">Its size in bytes.</param>
public sealed record StoredFile(string Name, Digest Digest, long Bytes);
