namespace CircuitPipeline.Reporting.Html;

/// <summary>A number with its noun, on the page and in the tool: <c>1 edge</c>, <c>1,084 edges</c>.</summary>
internal static class Plural
{
    public static string Of(long count, string noun) => $"{NumberFormat.Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
