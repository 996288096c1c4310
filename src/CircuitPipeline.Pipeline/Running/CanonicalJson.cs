using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CircuitPipeline.Pipeline.Running;

/// <summary>One text for one value: keys sorted by code point, no blanks, numbers as short as they round-trip.</summary>
/// <remarks>A key without a value is left out, so that a new one which nobody has given changes no text and no key.</remarks>
public static class CanonicalJson
{
    private static readonly JavaScriptEncoder s_encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes a spec record, list or single value.</summary>
    /// <param name="value">The value.</param>
    public static string Write(object? value) =>
        value switch
        {
            null => "null",
            true => "true",
            false => "false",
            string text => $"\"{JsonEncodedText.Encode(text, s_encoder)}\"",
            Enum member => $"\"{KebabCase(member)}\"",
            int or long => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
            double number => Number(number),
            Array list => $"[{string.Join(',', list.Cast<object?>().Select(Write))}]",
            _ => $"{{{string.Join(',', Properties(value).Select(pair => $"\"{pair.Key}\":{Write(pair.Value)}"))}}}",
        };

    /// <summary>The leaves of a record by path, such as <c>pretrain.steps</c>; a list of single values is one leaf.</summary>
    /// <param name="record">The record.</param>
    public static ImmutableSortedDictionary<string, string> Leaves(object record)
    {
        ImmutableSortedDictionary<string, string>.Builder leaves = ImmutableSortedDictionary.CreateBuilder<
            string,
            string
        >(StringComparer.Ordinal);
        Collect("", record);
        return leaves.ToImmutable();

        void Collect(string path, object? value)
        {
            if (value is not (null or Array) && !IsScalar(value.GetType()))
            {
                foreach ((string name, object inner) in Properties(value))
                {
                    Collect(path.Length == 0 ? name : $"{path}.{name}", inner);
                }
            }
            else if (value is Array { Length: > 0 } list && !IsScalar(list.GetType().GetElementType()!))
            {
                for (int i = 0; i < list.Length; i++)
                {
                    Collect($"{path}[{i}]", list.GetValue(i));
                }
            }
            else
            {
                leaves.Add(path.Length == 0 ? "value" : path, Write(value));
            }
        }
    }

    private static string KebabCase(Enum member) => JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString());

    private static bool IsScalar(Type type) =>
        type == typeof(string)
        || type == typeof(bool)
        || type == typeof(int)
        || type == typeof(long)
        || type == typeof(double)
        || type.IsEnum;

    private static string Number(double number) =>
        double.IsFinite(number)
            ? (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture)
            : throw new ArgumentException($"JSON has no number '{number.ToString(CultureInfo.InvariantCulture)}'.");

    private static SortedDictionary<string, object> Properties(object record)
    {
        if (record is IEnumerable or Delegate)
        {
            throw new ArgumentException(
                $"A slice of a spec holds records, arrays and single values, but here is a '{record.GetType()}'."
            );
        }

        SortedDictionary<string, object> values = new(StringComparer.Ordinal);
        foreach (PropertyInfo property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetValue(record) is { } value)
            {
                values.Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), value);
            }
        }

        return values;
    }
}
