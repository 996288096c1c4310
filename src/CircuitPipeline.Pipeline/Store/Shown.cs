namespace CircuitPipeline.Pipeline.Store;

/// <summary>Values of damaged files in messages: one line, not too long.</summary>
internal static class Shown
{
    private const int Longest = 100;

    public static string Text(string? found)
    {
        string start = found is null or { Length: <= Longest } ? found ?? "null" : found[..Longest] + "…";
        return string.Concat(start.Select(unit => char.IsControl(unit) || unit is '\u2028' or '\u2029' ? ' ' : unit));
    }
}
