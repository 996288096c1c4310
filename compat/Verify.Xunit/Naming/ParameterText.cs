using System.Globalization;
using VerifyTests.Serialization;

namespace VerifyTests;

/// <summary>The part of a snapshot's name that tells a theory's cases apart: <c>_name=value</c> for each argument.</summary>
internal static class ParameterText
{
    public static string Of(IReadOnlyList<string> names, VerifySettings settings)
    {
        if (settings.ParametersText is { } text)
        {
            return $"_{text}";
        }

        if (names.Count == 0 || !settings.TryGetParameters(out object?[]? values))
        {
            return "";
        }

        if (values.Length > names.Count)
        {
            throw new InvalidOperationException(
                $"UseParameters got {values.Length} values, but the test method has {names.Count} parameters."
            );
        }

        return string.Concat(names.Zip(values, (name, value) => $"_{name}={Of(value, isRoot: true)}"));
    }

    private static string Of(object? value, bool isRoot) =>
        value switch
        {
            null => "null",
            string text => Names.Valid(text),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime or DateTimeOffset or TimeOnly => throw new NotSupportedException(
                $"A parameter of type '{value.GetType()}' is not written by this stand-in; pass it as text."
            ),
            _ when Collections.Items(value) is { } items => Of([.. items.Cast<object?>()], isRoot),
            _ when IsPair(value.GetType()) => Pair(value),
            IFormattable number => Names.Valid(number.ToString(null, CultureInfo.InvariantCulture)),
            _ => Names.Valid(value.ToString()!),
        };

    private static string Of(object?[] items, bool isRoot)
    {
        string text = string.Join(',', items.Select(item => Of(item, isRoot: false)));
        return items.Length > 0 && isRoot ? text : $"[{text}]";
    }

    private static bool IsPair(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static string Pair(object pair) => $"{Part(pair, "Key")}={Part(pair, "Value")}";

    private static string Part(object pair, string name) =>
        Of(pair.GetType().GetProperty(name)!.GetValue(pair), isRoot: true);
}
