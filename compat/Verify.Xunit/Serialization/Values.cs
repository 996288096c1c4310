using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;
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

    /// <summary>A value that has neither members nor items of its own.</summary>
    public static bool IsPlain(object? value) =>
        value
            is null
                or string
                or bool
                or char
                or Enum
                or TimeSpan
                or Guid
                or DateTime
                or DateTimeOffset
                or DateOnly
                or TimeOnly
        || value.GetType() == typeof(byte[])
        || IsNumber(value);

    /// <summary>A value's text inside of an object; null where it has members or items.</summary>
    public static string? Text(object? value, Counter counter) =>
        value switch
        {
            null => "null",
            bool flag => flag ? "true" : "false",
            float or double when !double.IsFinite(Convert.ToDouble(value)) => $"\"{Invariant(value)}\"",
            float or double or decimal => WithPoint(Invariant(value)),
            _ when IsNumber(value) => Invariant(value),
            char letter => letter.ToString(),
            Enum name => Text(name),
            TimeSpan => value.ToString(),
            Guid guid => counter.Name(guid),
            DateTime date => counter.Name(date),
            DateTimeOffset date => counter.Name(date),
            DateOnly date => counter.Name(date),
            TimeOnly time => counter.Name(time),
            _ when value.GetType() == typeof(byte[]) => Convert.ToBase64String((byte[])value),
            _ => null,
        };

    /// <summary>A dictionary's key.</summary>
    public static string Key(object key, Counter counter)
    {
        if (IsPlain(key) && key is not byte[])
        {
            return key switch
            {
                bool flag => flag.ToString(),
                float or double or decimal => Invariant(key),
                _ => Text(key, counter)!,
            };
        }

        Refusals.CheckKey(key);
        return key.ToString()!;
    }

    private static string Text(Enum value) =>
        value.GetType().GetFields().Any(field => field.IsDefined(typeof(EnumMemberAttribute)))
            ? throw Refusals.Of(value.GetType())
            : value.ToString();

    private static string Invariant(object number) =>
        ((IFormattable)number).ToString(null, CultureInfo.InvariantCulture);

    // 1.0 and not 1, so that a reader sees that it is no whole number's type.
    private static string WithPoint(string number) =>
        number.All(c => char.IsAsciiDigit(c) || c == '-') ? number + ".0" : number;
}
