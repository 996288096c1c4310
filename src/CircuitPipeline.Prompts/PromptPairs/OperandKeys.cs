using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>What of a prompt could be memorised, whoever wrote it: keys that prompts share although their words differ.</summary>
/// <remarks>
/// Each calculation of two numbers is a key, so that <c>(61 - 45) * 45 =</c> has <c>+- 61 45</c> and <c>*/ 16 45</c>: a sum and a difference
/// of the same two numbers have one, whichever is first, and so have a product and the quotients that undo it. Everything else is told by
/// the task that recognises the prompt.
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

    /// <summary>The keys of a calculation of one or two steps at the end of a prompt; none where there is none.</summary>
    internal static ImmutableArray<string> OfCalculation(string prompt)
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
        sign switch
        {
            "+" or "-" => $"+- {Math.Max(first, second)} {Math.Min(first, second)}",
            "*" => KeyOfFactors(first, second),
            _ => second != 0 && first % second == 0 ? KeyOfFactors(first / second, second) : $"/ {first} {second}",
        };

    private static string KeyOfFactors(long first, long second) =>
        $"*/ {Math.Min(first, second)} {Math.Max(first, second)}";

    private static long Number(Match match, string group) =>
        long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    // Nine digits, so that a product fits; what goes on from another sign is no calculation of two numbers.
    [GeneratedRegex(
        @"(?<![0-9])(?<![-+*/] )(?<a>[0-9]{1,9}) (?<sign>[-+*/]) (?<b>[0-9]{1,9})(?: ?\) (?<then>[-+*/]) (?<c>[0-9]{1,9}))? =\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Calculation();
}
