namespace CircuitPipeline.Models;

/// <summary>Found values in messages: one line, not too long.</summary>
internal static class Shortened
{
    /// <summary>The most characters that are shown.</summary>
    internal const int Longest = 200;

    internal static string Text(string found)
    {
        string start = found.Length <= Longest ? found : found[..Longest] + "…";
        return string.Concat(start.Select(unit => char.IsControl(unit) || unit is '\u2028' or '\u2029' ? ' ' : unit));
    }
}
