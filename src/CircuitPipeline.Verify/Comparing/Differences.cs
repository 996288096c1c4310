using System.Collections.Immutable;

namespace CircuitPipeline.Verify;

/// <summary>What differs between an accepted and a received snapshot.</summary>
internal sealed class Differences
{
    public Differences(Snapshot accepted, Snapshot received)
    {
        var (was, has) = (accepted.Entries.ToDictionary(Key), received.Entries.ToDictionary(Key));
        Left = [.. accepted.Entries.Where(entry => !has.ContainsKey(entry.Key))];
        Joined = [.. received.Entries.Where(entry => !was.ContainsKey(entry.Key))];
        Changes =
        [
            .. accepted
                .Entries.Where(entry => has.ContainsKey(entry.Key))
                .SelectMany(entry => ScoreChange.Between(entry, has[entry.Key])),
        ];
        var (said, says) = (accepted.Headers.ToDictionary(Name), received.Headers.ToDictionary(Name));
        Headers =
        [
            .. said
                .Keys.Union(says.Keys)
                .Select(name => (Before: said.GetValueOrDefault(name), After: says.GetValueOrDefault(name)))
                .Where(header => header.Before?.Value != header.After?.Value),
        ];
    }

    /// <summary>Entries that only the accepted snapshot has.</summary>
    public ImmutableArray<Entry> Left { get; }

    /// <summary>Entries that only the received snapshot has.</summary>
    public ImmutableArray<Entry> Joined { get; }

    /// <summary>Numbers of shared entries that differ.</summary>
    public ImmutableArray<ScoreChange> Changes { get; }

    /// <summary>Headers that differ; null where a side does not have one.</summary>
    public ImmutableArray<(Header? Before, Header? After)> Headers { get; }

    /// <summary>Whether nothing differs, so that the texts do only in what a reader of them does not see.</summary>
    public bool IsEmpty => Left.IsEmpty && Joined.IsEmpty && Changes.IsEmpty && Headers.IsEmpty;

    private static string Key(Entry entry) => entry.Key;

    private static string Name(Header header) => header.Name;
}
