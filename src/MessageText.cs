using System.Text;

namespace CircuitPipeline;

/// <summary>Found values in messages: one line, not too long. One source, compiled into each room that reads files.</summary>
internal static class MessageText
{
    /// <summary>The most characters of a file's text that are shown.</summary>
    public const int Longest = 200;

    private const int LongestQuoted = 40;
    private const int LongestEnd = 60;

    /// <summary>A value in single quotes, control characters replaced, shortened when it is long.</summary>
    public static string Quoted(string value)
    {
        StringBuilder text = new("'");
        foreach (char c in value.AsSpan(0, Math.Min(value.Length, LongestQuoted)))
        {
            text.Append(IsOfAnotherLine(c) || char.IsSurrogate(c) ? '?' : c);
        }

        return text.Append(value.Length > LongestQuoted ? $"…' ({value.Length} characters)" : "'").ToString();
    }

    /// <summary>The beginning of a file's text.</summary>
    public static string OneLine(string? found) =>
        InOneLine(found is null or { Length: <= Longest } ? found ?? "null" : found[..Longest] + "…");

    /// <summary>The end of it, where a prompt has what tells it from the others.</summary>
    public static string End(string found) =>
        InOneLine(found.Length <= LongestEnd ? found : "…" + found[^LongestEnd..]);

    private static string InOneLine(string text) => string.Concat(text.Select(c => IsOfAnotherLine(c) ? ' ' : c));

    // Line and paragraph separators are no control characters, but end a line all the same.
    private static bool IsOfAnotherLine(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
