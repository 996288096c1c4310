namespace CircuitPipeline.Prompts;

/// <summary>Found values in messages: one line, not too long.</summary>
internal static class Shortened
{
    public static string Text(string found)
    {
        var start = found.Length <= 60 ? found : found[..60] + "…";
        return string.Concat(start.Select(unit => char.IsControl(unit) ? ' ' : unit));
    }
}
