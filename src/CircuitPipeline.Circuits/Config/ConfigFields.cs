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

    public ConfigFields(JsonElement element, string source, string prefix = "")
    {
        _source = source;
        _prefix = prefix;
        _object =
            element.ValueKind == JsonValueKind.Object
                ? element
                : throw Error($"this is {Kind(element)}, but a JSON object is expected.");
    }

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

    private JsonElement? Find(string key) =>
        _object.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

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

/// <summary>What must hold between and within the numbers of a <see cref="TransformerConfig"/>.</summary>
internal static class ConfigRules
{
    private const int Wide = 1 << 24;

    public static IEnumerable<string> Problems(TransformerConfig config)
    {
        string[] ranges =
        [
            .. Range("number of layers", config.NLayers, 1_024),
            .. Range("number of heads", config.NHeads, 1_024),
            .. Range("width of the model", config.DModel, 1 << 20),
            .. Range("width of the MLP", config.DMlp, Wide),
            .. Range("size of the vocabulary", config.DVocab, Wide),
            .. Range("number of positions", config.NCtx, Wide),
            .. Share("rotary share", config.RotaryPercent),
            .. Positive("rotary base", config.RotaryBase),
            .. Positive("LayerNorm epsilon", config.LayerNormEps),
            .. Positive("initializer range", config.InitializerRange),
        ];
        return ranges.Length > 0 ? ranges : Relations(config);
    }

    private static IEnumerable<string> Relations(TransformerConfig config)
    {
        if (config.DModel % config.NHeads != 0)
        {
            yield return $"the width of the model is '{config.DModel}', but it must be a multiple of the '{config.NHeads}' heads.";
        }
        else if (config.RotaryDimensions % 2 != 0)
        {
            yield return $"a head of '{config.DHead}' dimensions rotates '{config.RotaryDimensions}' of them, "
                + "but rotary positions turn pairs: choose a rotary share that gives an even number.";
        }
        bool oneShape = !config.ParallelBlocks && config.RotaryPercent == 0 && config.AttentionBias;
        if (config.Architecture == Architecture.Gpt2 && !oneShape)
        {
            yield return "a GPT-2 model has sequential blocks, learned positions and attention biases, but the shape says otherwise.";
        }
    }

    private static string[] Range(string what, int found, int highest) =>
        found >= 1 && found <= highest
            ? []
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the {what} is '{found}', but 1 to {highest:N0} is allowed."
                ),
            ];

    private static string[] Share(string what, double found) =>
        found is >= 0 and <= 1
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"the {what} is '{found}', but 0 to 1 is allowed.")];

    private static string[] Positive(string what, double found) =>
        found > 0 && double.IsFinite(found)
            ? []
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the {what} is '{found}', but it must be above 0 and finite."
                ),
            ];
}
