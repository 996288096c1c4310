using System.Text.Json.Nodes;

namespace CircuitPipeline.Reporting.Html;

/// <summary>The parts of a page that are the same for every study: scripts, style, policy.</summary>
/// <remarks>
/// The policy allows exactly these scripts and this style, by their hashes, and a picture written in the page; nothing
/// is loaded from anywhere. Vega's expressions run in its interpreter, because <c>Function</c> would need 'unsafe-eval'.
/// </remarks>
internal static class PageParts
{
    // watch.js first: it sees the errors of the others.
    private static readonly string[] ScriptNames =
    [
        "source/web/watch.js",
        "vega.min.js",
        "vega-lite.min.js",
        "vega-embed.min.js",
        "source/web/unpack.js",
        "source/web/controls.js",
        "source/web/circuit.js",
        "source/web/page.js",
    ];

    public static string[] Scripts() => [.. ScriptNames.Select(name => HtmlText.Script(WebFile.Read(name)))];

    public static string Style() => WebFile.Read("source/web/page.css");

    public static string Licences() => WebFile.Read("LICENCES.txt");

    public static string Policy(IEnumerable<string> scripts, string style) =>
        $"default-src 'none'; script-src {string.Join(' ', scripts.Select(WebFile.PolicyHash))}; "
        + $"style-src {WebFile.PolicyHash(style)}; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>The data block that the page's script reads; <c>&lt;</c> is escaped, so that nothing can end the block.</summary>
    public static string Data(JsonArray charts, JsonArray graphs) =>
        new JsonObject { ["charts"] = charts, ["graphs"] = graphs }
            .ToJsonString()
            .Replace("<", "\\u003c");
}

/// <summary>A cell of a table: its text and what marks it.</summary>
internal readonly record struct Cell(string Text, string Mark = "")
{
    public static implicit operator Cell(string text) => new(text);

    public string Classes(bool isNumber) => string.Join(' ', new[] { isNumber ? "n" : "", Mark }.Where(c => c != ""));
}

/// <summary>A column of a table on the page.</summary>
internal readonly record struct Column(string Title, bool IsNumber = false)
{
    public static Column Number(string title) => new(title, IsNumber: true);

    public static implicit operator Column(string title) => new(title);
}
