using System.Text;
using System.Text.Json;

namespace CircuitPipeline.Text.Tokenizers;

/// <summary>Refuses rules that would make of a text one that is very many times longer, as "a" by "aa" 26 times over.</summary>
/// <remarks>
/// Each "Replace" makes a text longer by a factor that is known beforehand: a text of p bytes by one of c makes at most c / p, an
/// expression, which may match one byte or the place before it, at most 1 + c. Rules follow one another, so that factors multiply.
/// The factor of the families in docs/text.md is 3 at most.
/// </remarks>
internal static class TextGrowth
{
    private const int MostRules = 1_000;
    private const double MostGrowth = 64;

    /// <summary>Checks a normalizer, pre-tokenizer or decoder.</summary>
    /// <exception cref="UnreadRuleException">Its rules are too many, or lengthen a text too much.</exception>
    internal static void MustBeBounded(JsonElement part)
    {
        (int rules, double growth) = Of(part);
        if (rules > MostRules)
        {
            throw new UnreadRuleException($"it has {rules} rules one after another, but at most {MostRules} are read");
        }

        if (growth > MostGrowth)
        {
            throw new UnreadRuleException(
                $"its 'Replace' rules together may make a text more than {MostGrowth} times longer"
            );
        }
    }

    private static (int Rules, double Growth) Of(JsonElement rule)
    {
        IEnumerable<JsonElement> parts = rule.ValueKind switch
        {
            JsonValueKind.Array => rule.EnumerateArray(),
            JsonValueKind.Object => rule.EnumerateObject().Select(property => property.Value),
            _ => [],
        };
        (int rules, double growth) = rule.ValueKind == JsonValueKind.Object ? (1, OfReplace(rule)) : (0, 1);
        foreach (JsonElement part in parts)
        {
            (int more, double times) = Of(part);
            (rules, growth) = (rules + more, growth * times);
        }

        return (rules, growth);
    }

    private static double OfReplace(JsonElement rule)
    {
        if (
            !IsText(rule, "type", out JsonElement type)
            || !type.ValueEquals("Replace")
            || !IsText(rule, "content", out JsonElement content)
        )
        {
            return 1;
        }

        int bytes = Encoding.UTF8.GetByteCount(content.GetString()!);
        return
            rule.TryGetProperty("pattern", out JsonElement pattern)
            && pattern.ValueKind == JsonValueKind.Object
            && IsText(pattern, "String", out JsonElement text)
            && Encoding.UTF8.GetByteCount(text.GetString()!) is > 0 and int replaced
            ? Math.Max(1, (double)bytes / replaced)
            : 1 + bytes;
    }

    private static bool IsText(JsonElement rule, string key, out JsonElement value) =>
        rule.TryGetProperty(key, out value) && value.ValueKind == JsonValueKind.String;
}
