using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>What of a prompt could be memorised, whoever wrote it: keys that prompts share although their words differ.</summary>
/// <remarks>
/// Each calculation of two numbers is a key, so that <c>(61 - 45) * 45 =</c> has <c>- 61 45</c> and <c>* 45 16</c>; the larger operand of
/// a sum or product comes first, whichever way round it is written. Everything else is told by the task that recognises the prompt.
/// </remarks>
public static partial class OperandKeys
{
    /// <summary>The keys of a prompt.</summary>
    /// <param name="prompt">A clean prompt of either surface.</param>
    /// <returns>The keys; none where no task knows the prompt.</returns>
    public static ImmutableArray<string> Of(string prompt) =>
        OfCalculation(prompt) is { IsEmpty: false } keys
            ? keys
            : PromptTasks.All.Select(task => task.KeysOf(prompt)).FirstOrDefault(found => !found.IsEmpty, []);

    private static ImmutableArray<string> OfCalculation(string prompt)
    {
        if (Calculation().Match(prompt) is not { Success: true } match)
        {
            return [];
        }

        (long first, long second, string sign) = (Number(match, "a"), Number(match, "b"), match.Groups["sign"].Value);
        string key = KeyOf(sign, first, second);
        if (!match.Groups["then"].Success)
        {
            return [key];
        }

        long? bracket = sign switch
        {
            "+" => first + second,
            "-" => first - second,
            "*" => first * second,
            _ => second != 0 && first % second == 0 ? first / second : null,
        };
        return bracket is { } value ? [key, KeyOf(match.Groups["then"].Value, value, Number(match, "c"))] : [key];
    }

    private static string KeyOf(string sign, long first, long second) =>
        sign is "+" or "*" ? $"{sign} {Math.Max(first, second)} {Math.Min(first, second)}" : $"{sign} {first} {second}";

    private static long Number(Match match, string group) =>
        long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    // Nine digits, so that a product fits.
    [GeneratedRegex(
        @"(?:\A|[^0-9])(?<a>[0-9]{1,9}) (?<sign>[-+*/]) (?<b>[0-9]{1,9})(?: ?\) (?<then>[-+*/]) (?<c>[0-9]{1,9}))? =\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Calculation();
}
