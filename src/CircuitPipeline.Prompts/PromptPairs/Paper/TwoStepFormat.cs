using System.Text.RegularExpressions;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary><c>Calculate the result … final answer: (61 - 45) * 45 =</c>.</summary>
internal sealed partial class TwoStepFormat : IPaperFormat
{
    private const string Task = "two_step";

    public IReadOnlyList<string> Tasks => [Task];

    public PaperPrompt? Read(string prompt)
    {
        if (Pattern().Match(prompt) is not { Success: true } match)
        {
            return null;
        }
        long[] numbers = Numbers.Of(match, "a", "b", "c");
        (char first, char second) = (match.Groups["first"].ValueSpan[0], match.Groups["second"].ValueSpan[0]);
        return
            Arithmetic.Of(numbers[0], first, numbers[1]) is { } bracket
            && Arithmetic.Of(bracket, second, numbers[2]) is { } answer
            ? PaperPrompt.Of(Task, answer)
            : PaperPrompt.Without(Task, Arithmetic.NotWhole);
    }

    [GeneratedRegex(
        ArithmeticFormat.Sentence
            + @"\((?<a>[0-9]{1,9}) (?<first>[-+]) (?<b>[0-9]{1,9})\) (?<second>[*/]) (?<c>[0-9]{1,9}) =\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}
