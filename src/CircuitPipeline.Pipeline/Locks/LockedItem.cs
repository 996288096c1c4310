using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Pipeline.Locks;

/// <summary>What one work item made, as a study's lock holds it.</summary>
/// <param name="Key">The digest of its key.</param>
/// <param name="Outputs">The digest of each file it made, by name.</param>
public sealed record LockedItem(Digest Key, ImmutableSortedDictionary<string, Digest> Outputs)
{
    internal static LockedItem Of(ItemRecord record) =>
        new(
            record.Key.Digest,
            record.Outputs.ToImmutableSortedDictionary(file => file.Name, file => file.Digest, StringComparer.Ordinal)
        );

    /// <summary>The names of the files that only one of the two has, or that differ.</summary>
    internal IEnumerable<string> FilesThatDifferFrom(LockedItem other) =>
        Outputs
            .Except(other.Outputs)
            .Concat(other.Outputs.Except(Outputs))
            .Select(file => file.Key)
            .Distinct()
            .Order(StringComparer.Ordinal);
}
