using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>How many edges each circuit of a series has, and how many came and went against the first and the one before.</summary>
internal static class TrajectoryTable
{
    private static readonly Column[] Columns =
    [
        "Series",
        "Circuit",
        Column.Number("Edges"),
        Column.Number("Kept of the first"),
        Column.Number("Added"),
        Column.Number("Removed"),
        Column.Number("Kept of the one before"),
        Column.Number("Added"),
        Column.Number("Removed"),
    ];

    public static void Write(HtmlWriter page, IEnumerable<CircuitTrajectory> series) =>
        page.Table(
            "Edges, counted with each of a head's inputs; what the drawing says in words.",
            Columns,
            series.SelectMany(Rows)
        );

    private static IEnumerable<Cell[]> Rows(CircuitTrajectory series)
    {
        HashSet<string>[] circuits =
        [
            .. series.Circuits.Select(one => one.Edges.Select(edge => edge.Name).ToHashSet()),
        ];
        return series.Circuits.Select(
            (circuit, place) =>
                (Cell[])
                    [
                        series.Name,
                        new(circuit.Model, "strong"),
                        NumberFormat.Count(circuits[place].Count),
                        .. Against(circuits[0], circuits[place], place),
                        .. Against(circuits[Math.Max(place - 1, 0)], circuits[place], place),
                    ]
        );
    }

    private static Cell[] Against(HashSet<string> before, HashSet<string> after, int place)
    {
        int kept = after.Count(before.Contains);
        return place == 0
            ? [.. Enumerable.Repeat(new Cell(NumberFormat.Nothing, "quiet"), 3)]
            :
            [
                NumberFormat.Count(kept),
                NumberFormat.Count(after.Count - kept),
                NumberFormat.Count(before.Count - kept),
            ];
    }
}
