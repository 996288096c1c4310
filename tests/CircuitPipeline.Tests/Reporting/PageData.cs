using System.Text;
using System.Text.Json;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>A written page and what its script draws.</summary>
internal sealed class PageData(byte[] page)
{
    /// <summary>The page.</summary>
    public string Text { get; } = Encoding.UTF8.GetString(page);

    /// <summary>The circuits to draw.</summary>
    public JsonElement[] Graphs =>
        [
            .. JsonDocument
                .Parse(Between("id=\"page-data\">", "</script>"))
                .RootElement.GetProperty("graphs")
                .EnumerateArray(),
        ];

    /// <summary>What lies between the first of one text and the next of another.</summary>
    public string Between(string start, string end)
    {
        int from = Text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return Text[from..Text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
