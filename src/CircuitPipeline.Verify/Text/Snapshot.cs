using System.Collections.Immutable;

namespace CircuitPipeline.Verify;

/// <summary>A reviewable text: headers, a blank line, entries.</summary>
/// <param name="Headers">The head: what it is of first, then counts, then how it was made.</param>
/// <param name="Entries">The edges or layers, in order.</param>
internal sealed record Snapshot(ImmutableArray<Header> Headers, ImmutableArray<Entry> Entries)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Join('\n', (IEnumerable<object>)[.. Headers, .. Entries.IsEmpty ? [] : (object[])["", .. Entries]]);
}
