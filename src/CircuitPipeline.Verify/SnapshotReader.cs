using System.Collections.Immutable;

namespace CircuitPipeline.Verify;

/// <summary>Reads a snapshot's text, which a person may have edited.</summary>
internal static class SnapshotReader
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, with <c>\n</c> as line end.</param>
    /// <param name="problem">What keeps it from being a snapshot, as a clause; empty when nothing does.</param>
    /// <returns>The snapshot; null when the text is none.</returns>
    public static Snapshot? Read(string text, out string problem)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        int blank = Array.IndexOf(lines, "");
        string[] head = blank < 0 ? lines : lines[..blank];
        ImmutableArray<Header?> headers = head.Select(Header.Parse)
            .TakeWhile(header => header is not null)
            .ToImmutableArray();
        if (headers.Length < head.Length || headers is [] || headers[0]!.Name != Header.Title)
        {
            problem = Problem(
                lines,
                Math.Min(headers.Length, lines.Length - 1),
                "a fact like 'edges: 3 of 59', the first of them 'snapshot: …'"
            );
            return null;
        }
        string[] body = blank < 0 ? [] : lines[(blank + 1)..];
        ImmutableArray<Entry?> entries = body.Select(Entry.Parse)
            .TakeWhile(entry => entry is not null)
            .ToImmutableArray();
        if (entries.Length < body.Length)
        {
            problem = Problem(
                lines,
                blank + 1 + entries.Length,
                "an edge like 'm2->logits: 0.41' or a layer like 'layer 0: 9'"
            );
            return null;
        }
        string? twice =
            Repeated(headers.Select(header => header!.Name)) ?? Repeated(entries.Select(entry => entry!.Key));
        problem = twice is null ? "" : $"'{twice}' is there twice";
        return twice is null ? new Snapshot(headers!, entries!) : null;
    }

    private static string? Repeated(IEnumerable<string> names)
    {
        HashSet<string> seen = [];
        return names.FirstOrDefault(name => !seen.Add(name));
    }

    private static string Problem(string[] lines, int line, string expected) =>
        $"line {line + 1} is '{lines[line]}' where {expected} is expected";
}
