using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Tables;

/// <summary>Writes the results for machines: one CSV file per table, one JSON file with everything.</summary>
/// <remarks>
/// Accuracies, Jaccard indices and change rates are shares from 0 to 1, differences are differences of shares; losses are in
/// nats, scores in units of the metric, times in seconds. An empty field was not measured. Several layers or ranks in one
/// field are separated by blanks. Added, removed and shared count what is only after, only before, and in both.
/// </remarks>
public static class ResultTables
{
    // Where a study has several tasks, their rows stand in one file, the task in the first column.
    private static readonly Func<StudyResults, Table>[] OfTasks =
    [
        AccuracyTables.Accuracy,
        AccuracyTables.Seeds,
        AccuracyTables.Forgetting,
        AccuracyTables.Differences,
        AccuracyTables.Checkpoints,
        CircuitTables.Changes,
        CircuitTables.Floors,
        CircuitTables.Faithfulness,
        CircuitTables.Layers,
        CircuitTables.Plans,
        CircuitTables.Edges,
        CircuitTables.Trajectories,
        MeasureTables.Modules,
        MeasureTables.Robustness,
    ];

    /// <summary>Writes the files; the same results give the same bytes.</summary>
    /// <param name="results">The results.</param>
    /// <returns><c>accuracy</c>, <c>seeds</c>, <c>forgetting</c>, <c>differences</c>, <c>checkpoints</c>, <c>changes</c>, <c>floors</c>, <c>faithfulness</c>, <c>layers</c>, <c>plans</c>, <c>edges</c>, <c>trajectories</c>, <c>modules</c>, <c>robustness</c>, <c>composition</c>, <c>overlaps</c> and <c>stages.csv</c>, then <c>results.json</c>.</returns>
    /// <exception cref="ArgumentException">A number of the results is not finite.</exception>
    public static IReadOnlyList<ResultTable> Write(StudyResults results) =>
        [
            .. OfTasks.Select(table =>
                Csv.Write(
                    results.Tasks.Length == 0
                        ? table(results)
                        : Table.Joined("task", results.Tasks.Select(task => (task.Study, table(task))))
                )
            ),
            Csv.Write(CircuitTables.Composition(results)),
            Csv.Write(MeasureTables.Overlaps(results)),
            Csv.Write(Stages(results)),
            new("results.json", ResultsJson.Write(results)),
        ];

    private static Table Stages(StudyResults results) =>
        new(
            "stages.csv",
            "stage,seconds,items,cached",
            results.Stages.Select(stage => (object?[])[stage.Stage, stage.Seconds, stage.Items, stage.Cached])
        );
}

/// <summary>One file beside the page.</summary>
/// <param name="Name">The file's name, such as <c>accuracy.csv</c>.</param>
/// <param name="Content">Its bytes, UTF-8.</param>
public sealed record ResultTable(string Name, ReadOnlyMemory<byte> Content);

/// <summary>A table before it is a file.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Header">The columns' names, with commas between them.</param>
/// <param name="Rows">A value for each column.</param>
internal sealed record Table(string Name, string Header, IEnumerable<object?[]> Rows)
{
    /// <summary>Tables of one heading as one, with a column before the others that says which table a row is of.</summary>
    public static Table Joined(string column, IEnumerable<(string Name, Table Table)> tables)
    {
        (string Name, Table Table)[] all = [.. tables];
        return new Table(
            all[0].Table.Name,
            $"{column},{all[0].Table.Header}",
            all.SelectMany(one => one.Table.Rows.Select(row => (object?[])[one.Name, .. row]))
        );
    }
}

/// <summary>Comma-separated values as RFC 4180 has them, but for the line end, which is a line feed.</summary>
internal static class Csv
{
    /// <summary>A file of a header and rows; numbers as short as they read back exactly, in no culture.</summary>
    public static ResultTable Write(Table table)
    {
        StringBuilder text = new StringBuilder(table.Header).Append('\n');
        foreach (object?[] row in table.Rows)
        {
            text.AppendJoin(',', row.Select(Field)).Append('\n');
        }

        return new(table.Name, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Field(object? value) =>
        value switch
        {
            null => "",
            string text => Quoted(text),
            double number when !double.IsFinite(number) => throw new ArgumentException(
                $"A number of the results is '{number.ToString(CultureInfo.InvariantCulture)}', but the tables hold finite numbers only; leave out what was not measured."
            ),
            ImmutableArray<int> numbers => string.Join(' ', numbers),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => Quoted(value.ToString() ?? ""),
        };

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") || text != text.Trim() ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
