using System.Globalization;
using System.Text.Json;

namespace CircuitPipeline.Circuits;

/// <summary>Typed access to the keys of one JSON object; every mistake is one sentence with file, key, found and allowed.</summary>
internal sealed class ConfigFields
{
    private readonly JsonElement _object;
    private readonly string _source;
    private readonly string _prefix;

    public ConfigFields(JsonElement element, string source, string prefix = "")
    {
        _source = source;
        _prefix = prefix;
        _object =
            element.ValueKind == JsonValueKind.Object
                ? element
                : throw Error($"this is {Kind(element)}, but a JSON object is expected.");
    }

    public InvalidConfigException Error(string sentence) => new($"{_source}: {sentence}");

    /// <summary>The text under a key; null when the key is missing or null.</summary>
    public string? Text(string key) => Find(key) is { } value ? TextOf(key, value) : null;

    /// <summary>The whole number under the first of several names of one thing; they must agree.</summary>
    public int Whole(int missing, params ReadOnlySpan<string> keys) => WholeOrNull(keys) ?? missing;

    public int? WholeOrNull(params ReadOnlySpan<string> keys) =>
        Agreed(
            keys,
            (key, value) =>
                value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
                    ? number
                    : throw Wrong(key, value, "a whole number")
        );

    public double? RealOrNull(params ReadOnlySpan<string> keys) =>
        Agreed(
            keys,
            (key, value) =>
                value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
                    ? number
                    : throw Wrong(key, value, "a number")
        );

    public double Real(double missing, string key) => RealOrNull(key) ?? missing;

    public bool Flag(bool missing, string key) =>
        Find(key) switch
        {
            null => missing,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { } value => throw Wrong(key, value, "true or false"),
        };

    /// <summary>The object under a key; null when the key is missing or null.</summary>
    public ConfigFields? Inner(string key) =>
        Find(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } value => new ConfigFields(value, _source, $"{_prefix}{key}."),
            { } value => throw Wrong(key, value, "an object"),
        };

    /// <summary>The first token id of a number or a list of numbers; null when missing or null.</summary>
    public int? FirstToken(string key) =>
        Find(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() == 0 ? null : Token(key, list[0]),
            { } value => Token(key, value),
        };

    /// <summary>Refuses a setting that changes the model's function in a way that is not built.</summary>
    public void MustBe(string key, bool allowed)
    {
        if (Flag(allowed, key) != allowed)
        {
            var text = allowed ? "true" : "false";
            throw Error($"'{_prefix}{key}' is '{(allowed ? "false" : "true")}', but only '{text}' can be computed.");
        }
    }

    private int Token(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id)
            ? id
            : throw Wrong(key, value, "a token id");

    private T? Agreed<T>(ReadOnlySpan<string> keys, Func<string, JsonElement, T> read)
        where T : struct
    {
        (string Key, T Value)? first = null;
        foreach (var key in keys)
        {
            if (Find(key) is not { } element)
            {
                continue;
            }
            var value = read(key, element);
            if (first is { } earlier && !earlier.Value.Equals(value))
            {
                throw Error(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"'{_prefix}{earlier.Key}' is '{earlier.Value}' and '{_prefix}{key}' is '{value}', but both name one setting and must agree."
                    )
                );
            }
            first ??= (key, value);
        }
        return first?.Value;
    }

    private JsonElement? Find(string key) =>
        _object.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string TextOf(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(key, value, "a text");

    private InvalidConfigException Wrong(string key, JsonElement value, string allowed) =>
        Error($"'{_prefix}{key}' is {Kind(value)}, but {allowed} is allowed.");

    private static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.Null => "null",
            _ => $"'{Shortened(value.ToString())}'",
        };

    /// <summary>A found value in a message: one line, not too long.</summary>
    public static string Shortened(string text) =>
        string.Concat((text.Length <= 40 ? text : text[..40] + "…").Select(unit => IsLineEnd(unit) ? ' ' : unit));

    private static bool IsLineEnd(char unit) => char.IsControl(unit) || unit is '\u2028' or '\u2029';
}
