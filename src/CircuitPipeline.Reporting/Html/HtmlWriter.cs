using System.Text;
using System.Text.Json.Nodes;

namespace CircuitPipeline.Reporting.Html;

/// <summary>Writes the body of the page; whatever is not a tag is escaped.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();
    private string _prefix = "";

    /// <summary>What the page's script draws: charts and graphs, in the order of the page.</summary>
    public JsonArray Charts { get; } = [];

    /// <summary>The graphs to draw.</summary>
    public JsonArray Graphs { get; } = [];

    /// <summary>Writes a part that has the same sections as others: what has an id there is called after the part too.</summary>
    public void Part(string name, Action content)
    {
        _prefix = $"{name}-";
        content();
        _prefix = "";
    }

    public void Section(string id, string title, Action content)
    {
        _html.Append($"<section id=\"{_prefix}{id}\">\n<h2>{HtmlText.Escape(title)}</h2>\n");
        content();
        _html.Append("</section>\n");
    }

    public void Paragraph(string text, string kind = "") => Element("p", text, kind);

    public void Heading(string text) => Element("h3", text, "");

    public void Element(string tag, string text, string kind = "") =>
        _html.Append($"<{tag}{Class(kind)}>{HtmlText.Escape(text)}</{tag}>\n");

    public void Group(string tag, string kind, Action content)
    {
        _html.Append($"<{tag}{Class(kind)}>\n");
        content();
        _html.Append($"</{tag}>\n");
    }

    public void Table(string caption, Column[] columns, IEnumerable<Cell[]> rows, bool isNarrow = false)
    {
        _html.Append($"<div class=\"table{(isNarrow ? " narrow" : "")}\"><table>\n");
        _html.Append($"<caption>{HtmlText.Escape(caption)}</caption>\n<thead><tr>");
        foreach (Column column in columns)
        {
            _html.Append($"<th scope=\"col\"{Class(column.IsNumber ? "n" : "")}>{HtmlText.Escape(column.Title)}</th>");
        }

        _html.Append("</tr></thead>\n<tbody>\n");
        foreach (Cell[] row in rows)
        {
            _html.Append("<tr>");
            foreach ((Cell cell, Column column) in row.Zip(columns))
            {
                _html.Append($"<td{Class(cell.Classes(column.IsNumber))}>{HtmlText.Escape(cell.Text)}</td>");
            }

            _html.Append("</tr>\n");
        }
        _html.Append("</tbody></table></div>\n");
    }

    /// <summary>A place that the script fills; without scripts it stays empty and the table beside it says the same.</summary>
    public void Chart(string id, string title, JsonNode spec)
    {
        id = _prefix + id;
        Charts.Add(new JsonObject { ["id"] = id, ["spec"] = spec });
        _html.Append($"<figure class=\"chart\"><figcaption>{HtmlText.Escape(title)}</figcaption>");
        _html.Append($"<div id=\"{id}\" role=\"img\" aria-label=\"{HtmlText.Escape(title)}\"></div></figure>\n");
    }

    /// <summary>A place for a drawn circuit; without scripts a still picture, written as it is, stands there, or nothing.</summary>
    public void Graph(string id, string title, JsonObject graph, string picture = "")
    {
        id = _prefix + id;
        graph["id"] = id;
        Graphs.Add((JsonNode)graph);
        string kind = picture.Length == 0 ? "graph still" : "graph";
        _html.Append($"<figure class=\"{kind}\"><figcaption>{HtmlText.Escape(title)}</figcaption>");
        _html.Append($"<div id=\"{id}\" role=\"img\" aria-label=\"{HtmlText.Escape(title)}\"></div>");
        _html.Append($"<p class=\"hint\" id=\"{id}-hint\"></p>");
        _html.Append(picture.Length == 0 ? "" : $"<noscript>{picture}</noscript>").Append("</figure>\n");
    }

    /// <summary>What is read by few: folded until it is asked for.</summary>
    public void Fold(string title, Action content) =>
        Group(
            "details",
            "",
            () =>
            {
                Element("summary", title);
                content();
            }
        );

    public override string ToString() => _html.ToString();

    private static string Class(string kind) => kind.Length == 0 ? "" : $" class=\"{kind}\"";
}
