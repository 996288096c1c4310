using System.Globalization;
using System.Text.RegularExpressions;

namespace CircuitPipeline.Study.Spec;

/// <summary>Reads single values; a quoted value is always text, and numbers are decimal.</summary>
internal static partial class SpecScalars
{
    public static bool IsScalar(Type type) =>
        type == typeof(string)
        || type == typeof(bool)
        || type == typeof(int)
        || type == typeof(long)
        || type == typeof(double)
        || type.IsEnum;

    /// <summary>The value, or null when the text is not one of that type.</summary>
    public static object? Parse(Type type, ScalarNode node) =>
        type switch
        {
            _ when type == typeof(string) => node.Text.Length > 0 ? node.Text : null,
            _ when type.IsEnum => SpecEnum.Parse(type, node.Text),
            _ when !node.IsPlain || node.Text.Length > 40 => null,
            _ when type == typeof(bool) => node.Text switch
            {
                "true" => true,
                "false" => (object)false,
                _ => null,
            },
            _ when type == typeof(double) => ParseDouble(node.Text),
            _ when !Whole().IsMatch(node.Text) => null,
            _ when type == typeof(int) => int.TryParse(node.Text, CultureInfo.InvariantCulture, out int i) ? i : null,
            _ => long.TryParse(node.Text, CultureInfo.InvariantCulture, out long l) ? l : null,
        };

    private static object? ParseDouble(string text) =>
        Real().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is var value && double.IsFinite(value)
            ? value
            : null;

    [GeneratedRegex("^[+-]?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Real();
}
