using System.Text;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Reporting.Sections;

namespace CircuitPipeline.Reporting;

/// <summary>Writes the report: one HTML file that holds all it needs and asks the network for nothing.</summary>
/// <remarks>
/// Every number stands in a table, so the page can be read without scripts; charts are drawn over the same
/// numbers by Vega-Lite, which the page carries, and circuits by a script of its own; of these the last stands there as a
/// still picture where no script runs. The same results give the same bytes.
/// </remarks>
public static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="results">What it shows.</param>
    /// <returns>The HTML file, UTF-8.</returns>
    /// <exception cref="ArgumentException">A number of the results is not finite.</exception>
    public static byte[] Write(StudyResults results)
    {
        HtmlWriter body = new();
        PageBody.Write(body, results);
        return Encoding.UTF8.GetBytes(Whole(results.Study, body));
    }

    private static string Whole(string study, HtmlWriter body)
    {
        string[] scripts = PageParts.Scripts();
        string style = PageParts.Style();
        StringBuilder html = new();
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append($"<meta http-equiv=\"Content-Security-Policy\" content=\"{PageParts.Policy(scripts, style)}\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append("<link rel=\"icon\" href=\"data:,\">\n");
        html.Append($"<title>{HtmlText.Escape(study)} · CircuitPipeline</title>\n");
        html.Append($"<style>{style}</style>\n");
        // In the head: it sees what goes wrong from the first element on.
        html.Append($"<script>{scripts[0]}</script>\n</head>\n<body>\n");
        html.Append(body);
        html.Append(
            $"<script type=\"application/json\" id=\"page-data\">{PageParts.Data(body.Charts, body.Graphs)}</script>\n"
        );
        foreach (string script in scripts.Skip(1))
        {
            html.Append("<script>").Append(script).Append("</script>\n");
        }

        return html.Append("</body>\n</html>\n").ToString();
    }
}
