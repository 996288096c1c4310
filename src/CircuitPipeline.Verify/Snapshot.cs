using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CircuitPipeline.Circuits.Graph;

namespace CircuitPipeline.Verify;

/// <summary>A reviewable text: headers, a blank line, entries.</summary>
/// <param name="Headers">The head: what it is of first, then counts, then how it was made.</param>
/// <param name="Entries">The edges or layers, in order.</param>
internal sealed record Snapshot(ImmutableArray<Header> Headers, ImmutableArray<Entry> Entries)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Join('\n', (IEnumerable<object>)[.. Headers, .. Entries.IsEmpty ? [] : (object[])["", .. Entries]]);
}

/// <summary>One line of a snapshot: an edge with its scores, or a layer with its rank.</summary>
/// <param name="Mark">In a diff <c>+</c> for what joined, <c>-</c> for what left, <c>=</c> for what stayed; else a blank.</param>
/// <param name="Name">The edge's or layer's name.</param>
/// <param name="Before">The number before; null where there is none.</param>
/// <param name="After">The number after, or the only one; null where there is none.</param>
internal sealed partial record Entry(char Mark, string Name, double? Before, double? After)
{
    /// <summary>Of a snapshot that knows no before.</summary>
    public const char NoMark = ' ';

    private const string Arrow = " -> ";
    private const string Colon = ": ";

    /// <summary>What tells it from other entries; an edge that joins instead of staying is another entry.</summary>
    public string Key => Mark == NoMark ? Name : $"{Mark} {Name}";

    /// <summary>The numbers as they are written: <c>0.41</c>, <c>0.41 -> 0.12</c>.</summary>
    public string Numbers =>
        string.Join(Arrow, new[] { Before, After }.Where(number => number is not null).Select(Number.Text));

    [GeneratedRegex("^(layer [0-9]+|other layers|all layers)$", RegexOptions.CultureInvariant)]
    private static partial Regex Layers { get; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">A line as <see cref="ToString"/> writes it.</param>
    /// <returns>The entry; null for any other line.</returns>
    public static Entry? Parse(string line)
    {
        char mark = line.Length > 2 && line[1] == ' ' && "+-=".Contains(line[0]) ? line[0] : NoMark;
        string[] parts = (mark == NoMark ? line : line[2..]).Split(Colon);
        double?[] numbers = [.. parts.Skip(1).SelectMany(text => text.Split(Arrow)).Select(Number.Parse)];
        bool isNamed = Edge.TryParse(parts[0], out _) || (Layers.IsMatch(parts[0]) && numbers.Length == 1);
        if (!isNamed || parts.Length > 2 || numbers.Contains(null) || numbers.Length > (mark == '=' ? 2 : 1))
        {
            return null;
        }
        return (mark, numbers.Length) switch
        {
            (_, 0) => new Entry(mark, parts[0], null, null),
            ('-', _) => new Entry(mark, parts[0], numbers[0], null),
            ('=', 1) => null,
            ('=', _) => new Entry(mark, parts[0], numbers[0], numbers[1]),
            _ => new Entry(mark, parts[0], null, numbers[0]),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Numbers.Length > 0 ? Key + Colon + Numbers : Key;
}

/// <summary>One line of a snapshot's head.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Value">What it says, on one line.</param>
/// <param name="IsCount">Whether it follows from the entries, so that a tolerance for them covers it.</param>
internal sealed record Header(string Name, string Value, bool IsCount = false)
{
    /// <summary>What every snapshot's first line is: what it is of.</summary>
    public const string Title = "snapshot";

    private const string Colon = ": ";

    /// <summary>Reads a line.</summary>
    /// <param name="line">A line as <see cref="ToString"/> writes it.</param>
    /// <returns>The header; null for any other line.</returns>
    public static Header? Parse(string line) =>
        line.Split(Colon, 2) is [{ Length: > 0 } name, var value] ? new Header(name, value) : null;

    /// <inheritdoc/>
    public override string ToString() => Name + Colon + Value.ReplaceLineEndings(" ");
}

/// <summary>Scores as snapshots write them.</summary>
internal static class Number
{
    /// <summary>How scores are rounded, as snapshots say it.</summary>
    public const string Rule = "rounded to 4 significant digits, ties to even";

    /// <summary>A score's text; minus zero is zero.</summary>
    public static string Text(double? value) =>
        (value is null or 0 ? 0 : value.Value).ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>The number of a text; null when it is none.</summary>
    public static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value)
            ? value
            : null;
}
