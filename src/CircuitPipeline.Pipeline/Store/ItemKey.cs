using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>Everything that decides the bytes a work item makes: equal keys, equal results.</summary>
/// <remarks>
/// Component names by convention: <c>stage.version</c>, <c>code.ROOM</c>, <c>spec.PATH</c>,
/// <c>input.STAGE/ITEM/FILE</c>, <c>engine</c>, <c>device</c>, <c>threads</c>.
/// </remarks>
/// <param name="Stage">The stage, as in <c>pretrain</c>.</param>
/// <param name="Item">The work item within the stage.</param>
/// <param name="Components">What the result depends on, by name.</param>
public sealed record ItemKey(string Stage, string Item, ImmutableSortedDictionary<string, string> Components)
{
    /// <summary>The version of the store's format; part of every key.</summary>
    public const int FormatVersion = 1;

    /// <summary>SHA-256 over the canonical encoding of format version, stage, item and the sorted components.</summary>
    public Digest Digest
    {
        get
        {
            using CanonicalEncoding encoding = new();
            return encoding
                .Add("circuitpipeline.store.key")
                .Add(FormatVersion)
                .Add(Stage)
                .Add(Item)
                .Add(Components)
                .ToDigest();
        }
    }

    /// <summary>The key of this stage and item with these components, in any order.</summary>
    public static ItemKey Of(string stage, string item, IEnumerable<KeyValuePair<string, string>> components) =>
        new(stage, item, components.ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>Keys are equal when their stage, item and components are.</summary>
    public bool Equals(ItemKey? other) =>
        other is not null
        && Stage == other.Stage
        && Item == other.Item
        && Components.Count == other.Components.Count
        && Components.All(pair => other.Components.TryGetValue(pair.Key, out string? value) && value == pair.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Stage, Item, Components.Count);

    /// <summary>Stage, item and the short digest.</summary>
    public override string ToString() => $"{Stage}/{Item} {Digest.Short}";
}
