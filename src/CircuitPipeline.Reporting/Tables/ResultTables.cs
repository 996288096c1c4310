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
    private static readonly Func<StudyResults, ResultTable>[] OfTasks =
    [
        AccuracyTables.Accuracy,
        AccuracyTables.Seeds,
        AccuracyTables.Differences,
        AccuracyTables.Checkpoints,
        CircuitTables.Changes,
        CircuitTables.Floors,
        CircuitTables.Faithfulness,
        CircuitTables.Layers,
        CircuitTables.Plans,
        CircuitTables.Edges,
    ];

    /// <summary>Writes the files; the same results give the same bytes.</summary>
    /// <param name="results">The results.</param>
    /// <returns><c>accuracy</c>, <c>seeds</c>, <c>differences</c>, <c>checkpoints</c>, <c>changes</c>, <c>floors</c>, <c>faithfulness</c>, <c>layers</c>, <c>plans</c>, <c>edges</c>, <c>composition</c> and <c>stages.csv</c>, then <c>results.json</c>.</returns>
    /// <exception cref="ArgumentException">A number of the results is not finite.</exception>
    public static IReadOnlyList<ResultTable> Write(StudyResults results) =>
        [
            .. OfTasks.Select(table =>
                results.Tasks.Length == 0
                    ? table(results)
                    : Csv.Joined("task", results.Tasks.Select(task => (task.Study, table(task))))
            ),
            CircuitTables.Composition(results),
            Stages(results),
            new("results.json", ResultsJson.Write(results)),
        ];

    private static ResultTable Stages(StudyResults results) =>
        Csv.Table(
            "stages.csv",
            "stage,seconds,items,cached",
            results.Stages.Select(stage => (object?[])[stage.Stage, stage.Seconds, stage.Items, stage.Cached])
        );
}

/// <summary>One file beside the page.</summary>
/// <param name="Name">The file's name, such as <c>accuracy.csv</c>.</param>
/// <param name="Content">Its bytes, UTF-8.</param>
public sealed record ResultTable(string Name, ReadOnlyMemory<byte> Content);

/// <summary>Comma-separated values as RFC 4180 has them, but for the line end, which is a line feed.</summary>
internal static class Csv
{
    /// <summary>A file of a header and rows; numbers as short as they read back exactly, in no culture.</summary>
    public static ResultTable Table(string name, string header, IEnumerable<object?[]> rows)
    {
        StringBuilder text = new StringBuilder(header).Append('\n');
        foreach (object?[] row in rows)
        {
            text.AppendJoin(',', row.Select(Field)).Append('\n');
        }

        return new(name, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Tables of one heading as one, with a column before the others that says which table a row is of.</summary>
    public static ResultTable Joined(string column, IEnumerable<(string Name, ResultTable Table)> tables)
    {
        (string Name, ResultTable Table)[] all = [.. tables];
        StringBuilder text = new();
        foreach ((string name, ResultTable table) in all)
        {
            // A quoted field may hold line ends; a row ends outside of quotes.
            string[] rows = Rows(Encoding.UTF8.GetString(table.Content.Span));
            if (text.Length == 0)
            {
                text.Append(column).Append(',').Append(rows[0]).Append('\n');
            }

            foreach (string row in rows.Skip(1))
            {
                text.Append(Quoted(name)).Append(',').Append(row).Append('\n');
            }
        }

        return new(all[0].Table.Name, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string[] Rows(string text)
    {
        List<string> rows = [];
        (int start, bool isQuoted) = (0, false);
        for (int place = 0; place < text.Length; place++)
        {
            isQuoted ^= text[place] == '"';
            if (text[place] == '\n' && !isQuoted)
            {
                rows.Add(text[start..place]);
                start = place + 1;
            }
        }

        return [.. rows];
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
