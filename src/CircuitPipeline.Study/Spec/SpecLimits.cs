using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace CircuitPipeline.Study.Spec;

/// <summary>Which values a property allows, as its attributes say.</summary>
internal sealed class SpecLimits(PropertyInfo? property)
{
    private readonly RangeAttribute? _range = property?.GetCustomAttribute<RangeAttribute>();
    private readonly LengthAttribute? _length = property?.GetCustomAttribute<LengthAttribute>();
    private readonly AllowedValuesAttribute? _values = property?.GetCustomAttribute<AllowedValuesAttribute>();
    private readonly RegularExpressionAttribute? _pattern = property?.GetCustomAttribute<RegularExpressionAttribute>();

    /// <summary>The values allowed by name, if the property names them.</summary>
    public string[]? Names => _values?.Values.OfType<string>().ToArray();

    /// <summary>Whether a single value is allowed.</summary>
    public bool Allows(object value) =>
        value switch
        {
            string text => Names?.Contains(text) != false && _pattern?.IsValid(text) != false,
            int or long or double when _range is not null => Number(value) >= Number(_range.Minimum)
                && Number(value) <= Number(_range.Maximum),
            _ => true,
        };

    /// <summary>Whether a list may be this long.</summary>
    public bool AllowsLength(int length) =>
        _length is null || (length >= _length.MinimumLength && length <= _length.MaximumLength);

    /// <summary>What is allowed, as the end of a sentence that begins "must be".</summary>
    public string Describe(Type type) =>
        type switch
        {
            _ when type.IsArray => $"a list of {LengthText}, each {Describe(type.GetElementType()!)}",
            _ when type.IsEnum => $"one of {string.Join(", ", SpecEnum.NamesOf(type).Order(StringComparer.Ordinal))}",
            _ when type == typeof(int) || type == typeof(long) => $"a whole number{RangeText}",
            _ when type == typeof(double) => $"a number{RangeText}",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(string) && Names is { } names => $"one of {string.Join(", ", names)}",
            _ when type == typeof(string) => _pattern?.ErrorMessage ?? "text",
            _ => "a group of keys",
        };

    private string RangeText => _range is null ? "" : $" from {Text(_range.Minimum)} to {Text(_range.Maximum)}";

    private string LengthText =>
        _length is null ? "values"
        : _length.MinimumLength == _length.MaximumLength ? $"{_length.MinimumLength} values"
        : $"{_length.MinimumLength} to {_length.MaximumLength} values";

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
