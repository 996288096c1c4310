using System.Text.RegularExpressions;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary><c>Derive the following sequence: 4, 8, 16, 32,</c>: arithmetic or geometric.</summary>
internal sealed partial class SequenceFormat : IPaperFormat
{
    public const string Task = "sequence";

    private const string Instruction = "Derive the following sequence: ";

    public IReadOnlyList<string> Tasks => [Task];

    /// <summary>Writes four terms as the paper does.</summary>
    public static string Write(params IEnumerable<string> terms) => $"{Instruction}{string.Join(", ", terms)},";

    public PaperPrompt? Read(string prompt)
    {
        if (Pattern().Match(prompt) is not { Success: true } match)
        {
            return null;
        }
        long[] numbers = Numbers.Of(match, "a", "b", "c", "d");
        (long a, long b, long c, long d) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        if (b - a == c - b && c - b == d - c)
        {
            return PaperPrompt.Of(Task, d + (b - a));
        }
        // a : b = b : c = c : d, without a quotient that may not be whole.
        return a > 0 && b * b == a * c && c * c == b * d && d * b % a == 0
            ? PaperPrompt.Of(Task, d * b / a)
            : PaperPrompt.Without(Task, "it is neither arithmetic nor geometric with a whole next number");
    }

    [GeneratedRegex(
        @"\A" + Instruction + @"(?<a>[0-9]{1,9}), (?<b>[0-9]{1,9}), (?<c>[0-9]{1,9}), (?<d>[0-9]{1,9}),\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}
