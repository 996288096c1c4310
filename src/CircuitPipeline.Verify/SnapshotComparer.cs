using System.Collections.Immutable;
using VerifyTests;

namespace CircuitPipeline.Verify;

/// <summary>Compares a received snapshot with the accepted one where their texts differ.</summary>
/// <param name="described">The received snapshot as it was described, before it became text.</param>
/// <param name="noun">What an entry is: edge or layer.</param>
/// <param name="tolerance">What may differ; null: nothing.</param>
/// <param name="isSigned">Whether edges were chosen by signed score; else by absolute value.</param>
internal sealed class SnapshotComparer(Snapshot described, string noun, SnapshotTolerance? tolerance, bool isSigned)
{
    /// <summary>Verify's string comparer.</summary>
    public Task<CompareResult> Compare(string received, string verified, IReadOnlyDictionary<string, object> context) =>
        Task.FromResult(Compare(received, verified));

    private CompareResult Compare(string received, string verified)
    {
        if (SnapshotReader.Read(verified, out string? damage) is not { } accepted)
        {
            return CompareResult.NotEqual(
                $"The verified file is no snapshot: {damage}; {FirstLine(received, verified)}"
            );
        }
        if (SnapshotReader.Read(received, out damage) is not { } current)
        {
            return CompareResult.NotEqual(
                $"The received text was scrubbed into no snapshot: {damage}; {FirstLine(received, verified)}"
            );
        }
        // A text does not say which headers are counts.
        current = current with
        {
            Headers = [.. current.Headers.Select(header => header with { IsCount = IsCount(header) })],
        };
        Differences differences = new(accepted, current);
        if (differences.IsEmpty)
        {
            return CompareResult.NotEqual(
                $"No {noun}, number or fact differs, but the texts do: {FirstLine(received, verified)}"
            );
        }
        string[] violations = tolerance is null
            ? []
            : [.. new ToleranceViolations(tolerance, isSigned, accepted, current).Of(differences)];
        return tolerance is not null && violations.Length == 0
            ? CompareResult.Equal
            : CompareResult.NotEqual(FailureMessage.Of(noun, differences, violations));
    }

    private bool IsCount(Header header) => described.Headers.Any(own => own.IsCount && own.Name == header.Name);

    private static string FirstLine(string received, string verified)
    {
        string[] has = received.Split('\n');
        string[] was = verified.Split('\n');
        int line = has.Zip(was).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"as texts they differ first in line {line + 1}, which was {Shown(was)} and is {Shown(has)}.";
        string Shown(string[] lines) => line < lines.Length ? $"'{lines[line]}'" : "not there";
    }
}

/// <summary>What differs between an accepted and a received snapshot.</summary>
internal sealed class Differences
{
    public Differences(Snapshot accepted, Snapshot received)
    {
        (Dictionary<string, Entry>? was, Dictionary<string, Entry>? has) = (
            accepted.Entries.ToDictionary(Key),
            received.Entries.ToDictionary(Key)
        );
        Left = [.. accepted.Entries.Where(entry => !has.ContainsKey(entry.Key))];
        Joined = [.. received.Entries.Where(entry => !was.ContainsKey(entry.Key))];
        Changes =
        [
            .. accepted
                .Entries.Where(entry => has.ContainsKey(entry.Key))
                .SelectMany(entry => ScoreChange.Between(entry, has[entry.Key])),
        ];
        (Dictionary<string, Header>? said, Dictionary<string, Header>? says) = (
            accepted.Headers.ToDictionary(Name),
            received.Headers.ToDictionary(Name)
        );
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

/// <summary>A number that differs between two snapshots.</summary>
/// <param name="Name">The edge or layer, in a diff with the side that it is a score of.</param>
/// <param name="Accepted">The accepted number; null where there was none.</param>
/// <param name="Received">The received number; null where there is none.</param>
internal sealed record ScoreChange(string Name, double? Accepted, double? Received)
{
    /// <summary>By how much; more than any number where one is missing.</summary>
    public double Size =>
        Accepted is null || Received is null ? double.PositiveInfinity : Math.Abs(Received.Value - Accepted.Value);

    public static IEnumerable<ScoreChange> Between(Entry accepted, Entry received)
    {
        bool isTwo = accepted.Mark == '=';
        ScoreChange[] both =
        [
            new(isTwo ? $"{accepted.Name} before" : accepted.Name, accepted.Before, received.Before),
            new(isTwo ? $"{accepted.Name} after" : accepted.Name, accepted.After, received.After),
        ];
        return both.Where(change => change.Accepted != change.Received);
    }

    public override string ToString() => $"{Name} {Text(Accepted)} -> {Text(Received)}";

    private static string Text(double? number) => number is null ? "none" : Number.Text(number);
}
