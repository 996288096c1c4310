namespace CircuitPipeline.Verify;

/// <summary>What of the differences a tolerance does not allow.</summary>
/// <param name="tolerance">What may differ.</param>
/// <param name="isSigned">Whether edges were chosen by signed score; else by absolute value.</param>
/// <param name="accepted">The accepted snapshot.</param>
/// <param name="received">The received snapshot.</param>
internal sealed class ToleranceViolations(
    SnapshotTolerance tolerance,
    bool isSigned,
    Snapshot accepted,
    Snapshot received
)
{
    /// <summary>The reasons why the differences are not within the tolerance; none when they are.</summary>
    public IEnumerable<string> Of(Differences differences)
    {
        int outside = differences.Changes.Count(change => !IsAllowed(change));
        if (outside > 0)
        {
            yield return $"{outside} {(outside == 1 ? "score differs" : "scores differ")} by more than allowed.";
        }
        int flips = differences.Left.Length + differences.Joined.Length;
        if (flips > tolerance.EdgeFlips)
        {
            yield return $"{flips} edges flipped, but {tolerance.EdgeFlips} may.";
        }
        Entry[] far = Far(differences.Left, accepted).Concat(Far(differences.Joined, received)).ToArray();
        if (far.Length > 0)
        {
            yield return $"{FailureMessage.List(far)} flipped away from the boundary.";
        }
        if (differences.Headers.Any(header => header.After is not { IsCount: true }))
        {
            yield return "It was made in another way.";
        }
    }

    private bool IsAllowed(ScoreChange change) =>
        change is { Accepted: double was, Received: double has } && tolerance.Allows(was, has);

    /// <summary>The flipped entries whose score is not close to the smallest of those chosen; without scores every flip counts as close.</summary>
    private IEnumerable<Entry> Far(IEnumerable<Entry> flipped, Snapshot snapshot)
    {
        double? before = Boundary(snapshot, entry => entry.Before);
        double? after = Boundary(snapshot, entry => entry.After);
        return flipped.Where(entry =>
            (entry.Before ?? entry.After) is not null && !IsClose(entry.Before, before) && !IsClose(entry.After, after)
        );
    }

    private double? Boundary(Snapshot snapshot, Func<Entry, double?> score) =>
        snapshot.Entries.Min(entry => Size(score(entry)));

    private bool IsClose(double? score, double? boundary) =>
        score is not null && boundary is double smallest && tolerance.Allows(smallest, Size(score)!.Value);

    private double? Size(double? score) => score is double value && !isSigned ? Math.Abs(value) : score;
}

/// <summary>Says in words what differs: "3 edges left, 5 joined; largest change m2->logits 0.41 -> 0.12".</summary>
internal static class FailureMessage
{
    // As many as fit on a line that is read; the files have the rest.
    private const int Shown = 8;

    public static string Of(string noun, Differences differences, IReadOnlyList<string> violations)
    {
        (
            System.Collections.Immutable.ImmutableArray<Entry> left,
            System.Collections.Immutable.ImmutableArray<Entry> joined
        ) = (differences.Left, differences.Joined);
        string change = differences.Changes.MaxBy(change => change.Size) is { } largest
            ? $"largest change {largest}"
            : $"no number of a shared {noun} changed";
        List<string> lines =
        [
            $"{left.Length} {noun}{(left.Length == 1 ? "" : "s")} left, {joined.Length} joined; {change}",
        ];
        lines.AddRange(violations);
        if (left.Length > 0)
        {
            lines.Add($"left: {List(left)}");
        }
        if (joined.Length > 0)
        {
            lines.Add($"joined: {List(joined)}");
        }
        lines.AddRange(
            differences.Headers.Select(header =>
                $"{(header.Before ?? header.After)!.Name}: {Text(header.Before)} became {Text(header.After)}"
            )
        );
        return string.Join('\n', lines);
    }

    public static string List(IReadOnlyCollection<Entry> entries)
    {
        string names = string.Join(", ", entries.Take(Shown).Select(entry => entry.Key));
        return entries.Count > Shown ? $"{names} and {entries.Count - Shown} more" : names;
    }

    private static string Text(Header? header) => header is null ? "nothing" : $"'{header.Value}'";
}
