using System.Text;

namespace CircuitPipeline.Pipeline.Errors;

/// <summary>Makes a value that somebody else wrote fit for a message.</summary>
internal static class Quoted
{
    private const int Longest = 40;

    /// <summary>The value in single quotes, control characters replaced, shortened when it is long.</summary>
    public static string Value(string value)
    {
        var text = new StringBuilder("'");
        foreach (char c in value.AsSpan(0, Math.Min(value.Length, Longest)))
            text.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c);
        return text.Append(value.Length > Longest ? $"…' ({value.Length} characters)" : "'").ToString();
    }
}
