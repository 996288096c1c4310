using System.Text.RegularExpressions;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary><c>Calculate the least common multiple (LCM) of two numbers. LCM(20, 160) = 160, LCM(8, 64) =</c>.</summary>
internal sealed partial class LcmFormat : IPaperFormat
{
    public const string Task = "lcm";

    public IReadOnlyList<string> Tasks => [Task];

    /// <summary>Writes an example and a question as the paper does; the numbers are digits.</summary>
    public static string Write((string X, string Y, string Multiple) example, (string X, string Y) question) =>
        $"Calculate the least common multiple (LCM) of two numbers. LCM({example.X}, {example.Y}) = {example.Multiple}, "
        + $"LCM({question.X}, {question.Y}) =";

    public PaperPrompt? Read(string prompt)
    {
        if (Pattern().Match(prompt) is not { Success: true } match)
        {
            return null;
        }
        long[] numbers = Numbers.Of(match, "a", "b", "c", "x", "y");
        (long? example, long? answer) = (Of(numbers[0], numbers[1]), Of(numbers[3], numbers[4]));
        return example != numbers[2]
                ? PaperPrompt.Without(Task, $"its example is {example?.ToString() ?? "impossible"}, not {numbers[2]}")
            : answer is { } multiple ? PaperPrompt.Of(Task, multiple)
            : PaperPrompt.Without(Task, "only positive numbers have a least common multiple");
    }

    private static long? Of(long a, long b)
    {
        if (a == 0 || b == 0)
        {
            return null;
        }
        (long divisor, long rest) = (a, b);
        while (rest != 0)
        {
            (divisor, rest) = (rest, divisor % rest);
        }
        return a / divisor * b;
    }

    [GeneratedRegex(
        @"\ACalculate the least common multiple \(LCM\) of two numbers\. "
            + @"LCM\((?<a>[0-9]{1,9}), (?<b>[0-9]{1,9})\) = (?<c>[0-9]{1,18}), LCM\((?<x>[0-9]{1,9}), (?<y>[0-9]{1,9})\) =\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}
