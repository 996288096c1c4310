namespace CircuitPipeline.Prompts;

/// <summary>Found values in messages: one line, not too long.</summary>
internal static class Shortened
{
    private const int Longest = 60;

    public static string Text(string found) => OneLine(found.Length <= Longest ? found : found[..Longest] + "…");

    /// <summary>The end of it, where a prompt of the paper has what tells it from the others.</summary>
    public static string End(string found) => OneLine(found.Length <= Longest ? found : "…" + found[^Longest..]);

    // Line and paragraph separators are no control characters, but end a line all the same.
    private static string OneLine(string text) =>
        string.Concat(text.Select(unit => char.IsControl(unit) || unit is '\u2028' or '\u2029' ? ' ' : unit));
}
