using System.Collections.Immutable;
using CircuitPipeline.Reporting.Drawings;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>The circuits: a drawing that moves along fine-tuning, and tables.</summary>
internal static class CircuitSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="page">The page.</param>
    /// <param name="results">The results of the study, or of one of its tasks.</param>
    /// <param name="limit">How many edges a circuit keeps in the drawing.</param>
    public static void Write(HtmlWriter page, StudyResults results, int limit)
    {
        if (results.Circuits.Length == 0)
        {
            return;
        }

        CircuitView first = results.Circuits[0];
        CircuitView? last = results.Circuits.Length > 1 ? results.Circuits[1] : null;
        ImmutableArray<CircuitTrajectory> series = results.Trajectories is { Length: > 0 } known
            ? known
            : [new CircuitTrajectory("circuits", results.Circuits)];
        page.Section(
            "circuits",
            last is null ? "The circuit" : "The circuit through fine-tuning",
            () =>
            {
                page.Paragraph(
                    "Each node lies at its head and layer, the MLP right of the heads, so the same node always lies in the same place. Thicker lines have larger scores; a head's query, key and value inputs are one line. Move the slider, also by the arrow keys, to see edges come and go; point at a node, or name it, to see its edges alone."
                );
                page.Graph(
                    "graph-circuits",
                    Title(series),
                    CircuitDrawing.Moving(series, limit),
                    CircuitPicture.Of(series[0].Circuits[0], series[0].Circuits[^1])
                );
                if (series.Any(one => one.Circuits.Any(circuit => circuit.Edges.Length > limit)))
                {
                    page.Paragraph(
                        $"To keep this page small, the drawing has the {NumberFormat.Count(limit)} strongest edges of each circuit; the tables beside the page have all."
                    );
                }

                page.Fold("The numbers of edges at each checkpoint", () => TrajectoryTable.Write(page, series));
                if (last is not null)
                {
                    NodeTable.Write(page, first, last);
                }

                EdgeTable.Write(page, first, last);
            }
        );
    }

    private static string Title(ImmutableArray<CircuitTrajectory> series) =>
        series.Length == 1
            ? $"{series[0].Name}: {Plural.Of(series[0].Circuits.Length, "circuit")}"
            : $"{Plural.Of(series.Sum(one => one.Circuits.Length), "circuit")} of {series.Length} series";
}
