using System.Text.RegularExpressions;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary><c>Calculate the result … final answer: 72 - 46 =</c>.</summary>
internal sealed partial class ArithmeticFormat : IPaperFormat
{
    public const string AddSub = "add_sub";
    public const string MulDiv = "mul_div";
    public const string Instruction =
        "Calculate the result of the following arithmetic expression and provide only the final answer: ";
    public const string Sentence = @"\A" + Instruction;

    public IReadOnlyList<string> Tasks => [AddSub, MulDiv];

    public PaperPrompt? Read(string prompt)
    {
        if (Pattern().Match(prompt) is not { Success: true } match)
        {
            return null;
        }
        (long[]? numbers, char sign) = (Numbers.Of(match, "a", "b"), match.Groups["sign"].ValueSpan[0]);
        string task = sign is '+' or '-' ? AddSub : MulDiv;
        return Arithmetic.Of(numbers[0], sign, numbers[1]) is { } answer
            ? PaperPrompt.Of(task, answer)
            : PaperPrompt.Without(task, Arithmetic.NotWhole);
    }

    [GeneratedRegex(Sentence + @"(?<a>[0-9]{1,9}) (?<sign>[-+*/]) (?<b>[0-9]{1,9}) =\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
