using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CircuitPipeline.Text.Tokenizers;

/// <summary>Refuses what the native engine would end the process at, and what would give other ids at every call.</summary>
/// <remarks>
/// The engine is built so that an internal error aborts the process. Found by damaging files: a decoder "Strip" that cuts at the
/// end of a piece, half a surrogate pair in a decoder's escapes, a prefix of continuing subwords that a merge does not have, a
/// damaged "Precompiled" normalizer, and pieces of a "FixedLength" of 0. A pattern that repeats what is repeated is refused as a
/// precaution, because its search may take exponentially long; rules that together make a text many times longer are
/// <see cref="TextGrowth"/>'s. Files of the families in docs/text.md have none of these.
/// </remarks>
internal static partial class EngineLimits
{
    private const int LongestPattern = 4096;

    /// <summary>The parts of the file that hold rules, beside the model.</summary>
    internal static readonly string[] Parts = ["normalizer", "pre_tokenizer", "decoder"];

    /// <summary>Checks the model's settings; its vocabulary and merges are the engine's.</summary>
    /// <param name="parts">Where the model's values lie in <paramref name="model"/>.</param>
    /// <param name="model">The model's JSON.</param>
    /// <exception cref="UnreadRuleException">A setting is refused.</exception>
    internal static void MustHoldModel(Dictionary<string, Range> parts, ReadOnlyMemory<byte> model)
    {
        if (parts.TryGetValue("dropout", out Range dropout) && !IsOneOf(model[dropout], "null", "0", "0.0"))
        {
            throw new UnreadRuleException("its model has a 'dropout', which gives a text other ids at every call");
        }

        // WordPiece has such a prefix as well, and no merges.
        if (
            parts.ContainsKey("merges")
            && parts.TryGetValue("continuing_subword_prefix", out Range prefix)
            && !IsOneOf(model[prefix], "null", "\"\"")
        )
        {
            throw new UnreadRuleException(
                "its model has a 'continuing_subword_prefix' beside merges, which is not read"
            );
        }
    }

    /// <summary>Checks a normalizer, pre-tokenizer or decoder.</summary>
    /// <param name="part">Its JSON.</param>
    /// <param name="options">How deep it may be nested.</param>
    /// <exception cref="UnreadRuleException">A rule is refused.</exception>
    /// <exception cref="JsonException">It is damaged.</exception>
    internal static void MustHold(ReadOnlyMemory<byte> part, JsonDocumentOptions options)
    {
        using JsonDocument rules = JsonDocument.Parse(part, options);
        MustHold(rules.RootElement);
        TextGrowth.MustBeBounded(rules.RootElement);
    }

    private static void MustHold(JsonElement rule)
    {
        if (rule.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement part in rule.EnumerateArray())
            {
                MustHold(part);
            }
        }
        else if (rule.ValueKind == JsonValueKind.Object)
        {
            MustRun(rule);
            foreach (JsonProperty property in rule.EnumerateObject())
            {
                MustHold(property);
                MustHold(property.Value);
            }
        }
        else if (rule.ValueKind == JsonValueKind.String)
        {
            _ = rule.GetString(); // throws at half a surrogate pair, as reading a name does
        }
    }

    private static void MustHold(JsonProperty setting)
    {
        _ = setting.Name; // throws at half a surrogate pair
        if (setting.NameEquals("stop") && setting.Value.GetRawText() != "0")
        {
            throw new UnreadRuleException("a 'Strip' cuts at the end of a piece, which is not read; 'stop' must be 0");
        }

        if (
            setting.NameEquals("Regex")
            && setting.Value.ValueKind == JsonValueKind.String
            && setting.Value.GetString() is { } pattern
            && (pattern.Length > LongestPattern || RepeatedRepetition().IsMatch(pattern))
        )
        {
            throw new UnreadRuleException("a pattern repeats what is repeated, whose search might never end");
        }
    }

    // Rules that end the process when the file is loaded, or at the first text.
    private static void MustRun(JsonElement rule)
    {
        if (!rule.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String)
        {
            return;
        }

        if (type.ValueEquals("Precompiled"))
        {
            throw new UnreadRuleException(
                "it has a 'Precompiled' rule, at whose damage the engine ends the process, and which is not read"
            );
        }

        if (
            type.ValueEquals("FixedLength")
            && rule.TryGetProperty("length", out JsonElement length)
            && length.GetRawText() == "0"
        )
        {
            throw new UnreadRuleException("a 'FixedLength' cuts pieces of length 0");
        }
    }

    private static bool IsOneOf(ReadOnlyMemory<byte> json, params string[] texts) =>
        texts.Any(text => json.Span.SequenceEqual(Encoding.UTF8.GetBytes(text)));

    // Such as (a+)* or (?:a*|b){2,}: a group with '+', '*' or '{n,}' in it, which is repeated without a bound itself.
    [GeneratedRegex(@"(?:[+*]|\{\d+,\})[^()]*\)+(?:[+*]|\{\d+,)", RegexOptions.NonBacktracking)]
    private static partial Regex RepeatedRepetition();
}

/// <summary>A tokenizer that may be whole, but has what is not read here.</summary>
internal sealed class UnreadRuleException(string reason) : Exception(reason);
