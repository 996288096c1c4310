using System.Globalization;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study;

/// <summary>An amount of memory as people write it.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, double Bytes)[] Units =
    [
        ("KiB", 1L << 10),
        ("MiB", 1L << 20),
        ("GiB", 1L << 30),
        ("TiB", 1L << 40),
        ("KB", 1e3),
        ("MB", 1e6),
        ("GB", 1e9),
        ("TB", 1e12),
        ("B", 1),
    ];

    /// <summary>Reads <c>12GB</c>, <c>1.5GiB</c> or a number of bytes.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="option">The option, for the message.</param>
    /// <returns>Bytes, at least 1.</returns>
    /// <exception cref="InvalidExperimentException">It is no such amount.</exception>
    internal static long Parse(string text, string option)
    {
        (string unit, double bytes) = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        string number = unit is null ? text : text[..^unit.Length].TrimEnd();
        bool isAmount = double.TryParse(
            number,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out double amount
        );
        double total = amount * (unit is null ? 1 : bytes);
        return isAmount && total is >= 1 and < 1e18
            ? (long)total
            : throw new InvalidExperimentException(
                $"'{option}' is {MessageText.Quoted(text)}, but an amount of memory is allowed: a number of bytes, or one with {string.Join(", ", Units.Select(known => known.Unit))} behind it, as '12GB'."
            );
    }
}
