using System.Text.RegularExpressions;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Verify;

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

    [GeneratedRegex("^(layer [0-9]+|other layers|all layers)$", RegexOptions.CultureInvariant)]
    private static partial Regex Layers { get; }

    /// <summary>What tells it from other entries; an edge that joins instead of staying is another entry.</summary>
    public string Key => Mark == NoMark ? Name : $"{Mark} {Name}";

    /// <summary>The numbers as they are written: <c>0.41</c>, <c>0.41 -> 0.12</c>.</summary>
    public string Numbers =>
        string.Join(Arrow, new[] { Before, After }.Where(number => number is not null).Select(Number.Text));

    /// <summary>Reads a line.</summary>
    /// <param name="line">A line as <see cref="ToString"/> writes it.</param>
    /// <returns>The entry; null for any other line.</returns>
    public static Entry? Parse(string line)
    {
        var mark = line.Length > 2 && line[1] == ' ' && "+-=".Contains(line[0]) ? line[0] : NoMark;
        string[] parts = (mark == NoMark ? line : line[2..]).Split(Colon);
        double?[] numbers = [.. parts.Skip(1).SelectMany(text => text.Split(Arrow)).Select(Number.Parse)];
        var isNamed = Edge.TryParse(parts[0], out _) || (Layers.IsMatch(parts[0]) && numbers.Length == 1);
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
