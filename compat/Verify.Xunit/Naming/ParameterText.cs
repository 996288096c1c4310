using System.Collections;
using System.Globalization;
using System.Text;

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
            IEnumerable items => Of(items, isRoot),
            IFormattable number => Names.Valid(number.ToString(null, CultureInfo.InvariantCulture)),
            _ => Names.Valid(value.ToString()!),
        };

    private static string Of(IEnumerable items, bool isRoot)
    {
        StringBuilder text = new StringBuilder().AppendJoin(
            ',',
            items.Cast<object?>().Select(item => Of(item, isRoot: false))
        );
        return text.Length > 0 && isRoot ? text.ToString() : $"[{text}]";
    }
}
