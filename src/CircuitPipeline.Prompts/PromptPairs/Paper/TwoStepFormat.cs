using System.Text.RegularExpressions;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary><c>Calculate the result … final answer: (61 - 45) * 45 =</c>.</summary>
internal sealed partial class TwoStepFormat : IPaperFormat
{
    public const string Task = "two_step";

    public IReadOnlyList<string> Tasks => [Task];

    /// <summary>The numbers and signs of a prompt; null when it is not written so.</summary>
    public static TwoStepOperands? OperandsOf(string prompt)
    {
        if (Pattern().Match(prompt) is not { Success: true } match)
        {
            return null;
        }
        int[] numbers = [.. Numbers.Of(match, "a", "b", "c").Select(number => (int)number)];
        (char first, char second) = (match.Groups["first"].ValueSpan[0], match.Groups["second"].ValueSpan[0]);
        return new TwoStepOperands(numbers[0], first, numbers[1], second, numbers[2]);
    }

    public PaperPrompt? Read(string prompt) =>
        OperandsOf(prompt) is not { } read ? null
        : Arithmetic.Of(read.First, read.FirstSign, read.Second) is { } bracket
        && Arithmetic.Of(bracket, read.SecondSign, read.Third) is { } answer
            ? PaperPrompt.Of(Task, answer)
        : PaperPrompt.Without(Task, Arithmetic.NotWhole);

    [GeneratedRegex(
        ArithmeticFormat.Sentence
            + @"\((?<a>[0-9]{1,9}) (?<first>[-+]) (?<b>[0-9]{1,9})\) (?<second>[*/]) (?<c>[0-9]{1,9}) =\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();
}

/// <summary>What stands in <c>(61 - 45) * 45</c>.</summary>
internal readonly record struct TwoStepOperands(int First, char FirstSign, int Second, char SecondSign, int Third);
