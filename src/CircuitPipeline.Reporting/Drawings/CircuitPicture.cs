using System.Globalization;
using System.Text;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Drawings;

/// <summary>A still picture of a circuit beside an earlier one, for a reader without scripts: an inline SVG.</summary>
internal static class CircuitPicture
{
    private const int ColumnWidth = 64;
    private const int RowHeight = 48;
    private const int MaxLines = 200;

    /// <summary>The picture; the strongest lines only where there are many.</summary>
    public static string Of(CircuitView before, CircuitView after)
    {
        NodeLayout layout = NodeLayout.Of(after);
        Dictionary<(Node, Node), CircuitLine> earlier = CircuitLine.Of(before).ToDictionary(line => line.Ends);
        CircuitLine[] lines = CircuitLine.Of(after);
        CircuitLine[] removed =
        [
            .. earlier.Values.ExceptBy(lines.Select(line => line.Ends), line => line.Ends).Take(MaxLines / 2),
        ];
        (int width, int height) = (layout.Columns * ColumnWidth, layout.Rows * RowHeight);
        StringBuilder svg = new(
            $"<svg class=\"picture\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{HtmlText.Escape($"The circuit of {after.Model}")}\">\n"
        );
        foreach (CircuitLine line in removed)
        {
            svg.Append(PathOf(line, "removed"));
        }

        foreach (CircuitLine line in lines.Take(MaxLines))
        {
            svg.Append(PathOf(line, earlier.ContainsKey(line.Ends) ? "kept" : "added"));
        }

        HashSet<Node> used = [.. lines.SelectMany(line => new[] { line.Source, line.Destination })];
        foreach (Node node in layout.Nodes)
        {
            (double x, double y) = Place(node);
            svg.Append(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<g class=\"{(used.Contains(node) ? "kept" : "absent")}\"><ellipse cx=\"{x}\" cy=\"{y}\" rx=\"21\" ry=\"13\"/><text x=\"{x}\" y=\"{y + 4}\">{NodeLayout.Label(node)}</text></g>\n"
                )
            );
        }

        string said = MaxLines < lines.Length ? $", the {MaxLines} strongest of {lines.Length} lines" : "";
        return svg.Append("</svg>\n")
            .Append(
                $"<p>{HtmlText.Escape($"The circuit of {after.Model} against that of {before.Model}{said}: grey lines are in both, blue ones were added, dashed orange ones are gone.")}</p>"
            )
            .ToString();

        (double X, double Y) Place(Node node)
        {
            (double column, int row) = layout.Place(node);
            return ((column + 0.5) * ColumnWidth, height - (row + 0.5) * RowHeight);
        }

        string PathOf(CircuitLine line, string kind)
        {
            (double x, double y) = Place(line.Source);
            (double toX, double toY) = Place(line.Destination);
            // Along a column it passes the nodes between.
            double aside = x == toX && y - toY > RowHeight ? ColumnWidth / 2.0 : 0;
            double middle = (y + toY) / 2;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"<path class=\"{kind}\" d=\"M{x} {y}C{x + aside} {middle} {toX + aside} {middle} {toX} {toY}\"/>\n"
            );
        }
    }
}
