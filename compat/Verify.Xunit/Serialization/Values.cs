using System.Globalization;
using VerifyTests.Engine;

namespace VerifyTests.Serialization;

/// <summary>The text of values that have no members of their own.</summary>
internal static class Values
{
    public static bool IsNumber(object value) =>
        value
            is byte
                or sbyte
                or short
                or ushort
                or int
                or uint
                or long
                or ulong
                or float
                or double
                or decimal
                or Half
                or System.Numerics.BigInteger;

    /// <summary>A value's text inside of an object; null where it has members or items.</summary>
    public static string? Text(object? value, Counter counter) =>
        value switch
        {
            null => "null",
            bool flag => flag ? "true" : "false",
            float or double or decimal or Half => WithPoint(Invariant(value)),
            _ when IsNumber(value) => Invariant(value),
            char letter => letter.ToString(),
            Enum or TimeSpan => value.ToString(),
            Guid guid => counter.Name(guid),
            DateTime date => counter.Name(date),
            DateTimeOffset date => counter.Name(date),
            DateOnly date => counter.Name(date),
            TimeOnly time => counter.Name(time),
            _ => null,
        };

    /// <summary>A dictionary's key.</summary>
    public static string Key(object key, Counter counter) =>
        key switch
        {
            float or double or decimal or Half => Invariant(key),
            _ => Text(key, counter) ?? key.ToString()!,
        };

    public static NotSupportedException NotWritten(Type type) =>
        new(
            $"A value of type '{type}' is not written by this stand-in, because the original has rules of its own for it; pass its text, or an object of your own."
        );

    private static string Invariant(object number) =>
        ((IFormattable)number).ToString(null, CultureInfo.InvariantCulture);

    // 1.0 and not 1, so that a reader sees that it is no whole number's type.
    private static string WithPoint(string number) =>
        number.All(c => char.IsAsciiDigit(c) || c == '-') ? number + ".0" : number;
}
