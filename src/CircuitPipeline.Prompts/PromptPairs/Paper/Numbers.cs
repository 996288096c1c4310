using System.Globalization;
using System.Text.RegularExpressions;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary>The numbers of a prompt that a pattern has found.</summary>
internal static partial class Numbers
{
    /// <summary>Groups of digits as numbers; the pattern sees to it that they are digits, and not too many.</summary>
    public static long[] Of(Match match, params ReadOnlySpan<string> groups)
    {
        long[] numbers = new long[groups.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            numbers[i] = long.Parse(match.Groups[groups[i]].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        }
        return numbers;
    }

    /// <summary>All numbers of a prompt that a task has recognised, each of at most nine digits.</summary>
    public static int[] In(string prompt) =>
        [.. Digits().Matches(prompt).Select(match => int.Parse(match.ValueSpan, CultureInfo.InvariantCulture))];

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
