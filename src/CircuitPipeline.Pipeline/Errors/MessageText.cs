using System.Text;

namespace CircuitPipeline.Pipeline.Errors;

/// <summary>Makes text that somebody else wrote fit for a message: one line, not too long.</summary>
internal static class MessageText
{
    private const int LongestQuoted = 40;
    private const int Longest = 100;

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

    /// <summary>The text of a damaged file.</summary>
    public static string OneLine(string? found)
    {
        string start = found is null or { Length: <= Longest } ? found ?? "null" : found[..Longest] + "…";
        return string.Concat(start.Select(c => IsOfAnotherLine(c) ? ' ' : c));
    }

    private static bool IsOfAnotherLine(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
