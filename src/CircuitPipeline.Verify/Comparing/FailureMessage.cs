namespace CircuitPipeline.Verify;

/// <summary>Says in words what differs: "3 edges left, 5 joined; largest change m2->logits 0.41 -> 0.12".</summary>
internal static class FailureMessage
{
    // As many as fit on a line that is read; the files have the rest.
    private const int Shown = 8;

    public static string Of(string noun, Differences differences, IReadOnlyList<string> violations)
    {
        var (left, joined) = (differences.Left, differences.Joined);
        var change = differences.Changes.MaxBy(change => change.Size) is { } largest
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
        var names = string.Join(", ", entries.Take(Shown).Select(entry => entry.Key));
        return entries.Count > Shown ? $"{names} and {entries.Count - Shown} more" : names;
    }

    private static string Text(Header? header) => header is null ? "nothing" : $"'{header.Value}'";
}
