using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace CircuitPipeline.Circuits.Config;

/// <summary>Typed access to the keys of one JSON object; every mistake is one sentence with file, key, found and allowed.</summary>
internal sealed class ConfigFields
{
    private readonly JsonElement _object;
    private readonly string _source;
    private readonly string _prefix;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConfigFields> _inner = new(StringComparer.Ordinal);

    public ConfigFields(JsonElement element, string source, string prefix = "")
    {
        _source = source;
        _prefix = prefix;
        _object =
            element.ValueKind == JsonValueKind.Object
                ? element
                : throw Error($"this is {Kind(element)}, but a JSON object is expected.");
    }

    /// <summary>Whether the object has no keys.</summary>
    public bool IsEmpty => !_object.EnumerateObject().Any();

    public InvalidDataException Error(string sentence) => new($"{_source}: {sentence}");

    /// <summary>The text under a key; null when the key is missing or null.</summary>
    public string? Text(string key) => Find(key) is { } value ? TextOf(key, value) : null;

    /// <summary>The whole number under the first of several names of one thing; they must agree.</summary>
    public int Whole(int missing, params ReadOnlySpan<string> keys) => WholeOrNull(keys) ?? missing;

    public int? WholeOrNull(params ReadOnlySpan<string> keys) =>
        Agreed(
            keys,
            (key, value) =>
                value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
                    ? number
                    : throw Wrong(key, value, "a whole number")
        );

    public double? RealOrNull(params ReadOnlySpan<string> keys) =>
        Agreed(
            keys,
            (key, value) =>
                value.ValueKind == JsonValueKind.Number
                && value.TryGetDouble(out double number)
                && double.IsFinite(number)
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

    /// <summary>Whether a key is there and says null, where that means something else than its absence.</summary>
    public bool IsNull(string key) =>
        _object.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>The object under a key; null when the key is missing or null.</summary>
    public ConfigFields? Inner(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.Object } value:
                return _inner.TryGetValue(key, out ConfigFields? known)
                    ? known
                    : _inner[key] = new ConfigFields(value, _source, $"{_prefix}{key}.");
            case { } value:
                throw Wrong(key, value, "an object");
        }
    }

    /// <summary>The texts of a list; null when the key is missing or null.</summary>
    public string[]? Texts(string key) =>
        Find(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(text => TextOf(key, text))],
            { } value => throw Wrong(key, value, "a list of texts"),
        };

    /// <summary>The value under a key, of a form that only one family has; null when the key is missing or null.</summary>
    public JsonElement? Value(string key) => Find(key);

    /// <summary>The keys that hold a value and were not asked for, with the names of the objects that they are in.</summary>
    public IEnumerable<string> Unasked() =>
        _object
            .EnumerateObject()
            .Where(property => property.Value.ValueKind != JsonValueKind.Null && !_asked.Contains(property.Name))
            .Select(property => _prefix + property.Name)
            .Concat(_inner.Values.SelectMany(inner => inner.Unasked()));

    /// <summary>The first token id of a number or a list of numbers; null when missing or null.</summary>
    public int? FirstToken(string key) =>
        Find(key) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() == 0 ? null : Token(key, list[0]),
            { } value => Token(key, value),
        };

    /// <summary>The token ids of a list; none when missing or null.</summary>
    public ImmutableArray<int> Tokens(string key) =>
        Find(key) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(id => Token(key, id))],
            { } value => throw Wrong(key, value, "a list of token ids"),
        };

    /// <summary>Refuses a setting that changes the model's function in a way that is not built.</summary>
    public void MustBe(string key, bool allowed)
    {
        if (Flag(allowed, key) != allowed)
        {
            string text = allowed ? "true" : "false";
            throw Error($"'{_prefix}{key}' is '{(allowed ? "false" : "true")}', but only '{text}' can be computed.");
        }
    }

    /// <summary>Refuses a setting that has any parts: what they ask for is not built.</summary>
    public void MustBeEmpty(string key)
    {
        if (Inner(key) is { IsEmpty: false })
        {
            throw Error(
                $"'{_prefix}{key}' is given, but only models without it can be computed; take one that is neither pruned nor quantized."
            );
        }
    }

    private int Token(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id)
            ? id
            : throw Wrong(key, value, "a token id");

    private T? Agreed<T>(ReadOnlySpan<string> keys, Func<string, JsonElement, T> read)
        where T : struct
    {
        (string Key, T Value)? first = null;
        foreach (string key in keys)
        {
            if (Find(key) is not { } element)
            {
                continue;
            }
            T value = read(key, element);
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

    private JsonElement? Find(string key)
    {
        _asked.Add(key);
        return _object.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
    }

    private string TextOf(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(key, value, "a text");

    private InvalidDataException Wrong(string key, JsonElement value, string allowed) =>
        Error($"'{_prefix}{key}' is {Kind(value)}, but {allowed} is allowed.");

    private static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.Null => "null",
            _ => $"'{MessageText.OneLine(value.ToString())}'",
        };
}
