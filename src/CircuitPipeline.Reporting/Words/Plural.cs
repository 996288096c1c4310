namespace CircuitPipeline.Reporting;

/// <summary>A number with its noun.</summary>
internal static class Plural
{
    public static string Of(long count, string noun) => $"{Shown.Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
