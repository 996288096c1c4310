namespace CircuitPipeline.Reporting;

/// <summary>The circuits, drawn side by side and as tables.</summary>
internal static class CircuitSection
{
    public static void Write(HtmlWriter page, StudyResults results)
    {
        if (results.Circuits.Length == 0)
            return;
        CircuitView first = results.Circuits[0];
        CircuitView? last = results.Circuits.Length > 1 ? results.Circuits[^1] : null;
        page.Section(
            "circuits",
            last is null ? "The circuit" : "The circuit before and after",
            () =>
            {
                page.Paragraph(
                    "Each node lies at its head and layer, the MLP right of the heads, so the same node always lies in the same place. Thicker lines have larger scores; a head's query, key and value inputs are one line. Point at a node to see its edges alone."
                );
                if (last is not null)
                    WriteLegend(page);
                page.Group("div", "graphs", () => WriteGraphs(page, results.Circuits, first, last));
                if (last is not null)
                    NodeTable.Write(page, first, last);
                EdgeTable.Write(page, first, last);
            }
        );
    }

    private static void WriteLegend(HtmlWriter page) =>
        page.Group(
            "p",
            "legend",
            () =>
            {
                page.Element("span", "in both", "shared");
                page.Element("span", "only before", "removed");
                page.Element("span", "only after", "added");
            }
        );

    private static void WriteGraphs(
        HtmlWriter page,
        IEnumerable<CircuitView> circuits,
        CircuitView first,
        CircuitView? last
    )
    {
        foreach ((int index, CircuitView circuit) in circuits.Index())
            page.Graph(
                $"graph-{index}",
                $"{circuit.Model}: {Plural.Of(circuit.Edges.Length, "edge")}",
                index == 0 ? CircuitGraph.Of(circuit, last, "removed") : CircuitGraph.Of(circuit, first, "added")
            );
    }
}
