using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CircuitPipeline.Reporting;

/// <summary>Comma-separated values as RFC 4180 has them, but for the line end, which is a line feed.</summary>
internal static class Csv
{
    /// <summary>A file of a header and rows; numbers as short as they read back exactly, in no culture.</summary>
    public static ResultTable Table(string name, string header, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder(header).Append('\n');
        foreach (object?[] row in rows)
            text.AppendJoin(',', row.Select(Field)).Append('\n');
        return new(name, Encoding.UTF8.GetBytes(text.ToString()));
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
