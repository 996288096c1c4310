using System.Collections.Immutable;

namespace CircuitPipeline.Verify;

/// <summary>A reviewable text: facts, a blank line, entries.</summary>
/// <param name="Facts">The head: what it is of first, then counts, then how it was made.</param>
/// <param name="Entries">The edges or layers, in order.</param>
internal sealed record Snapshot(ImmutableArray<Fact> Facts, ImmutableArray<Entry> Entries)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Join('\n', (IEnumerable<object>)[.. Facts, .. Entries.IsEmpty ? [] : (object[])["", .. Entries]]);
}
