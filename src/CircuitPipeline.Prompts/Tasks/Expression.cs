using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Prompts that ask for the value of an expression, given with a blank around every sign, as <c>( 3 + 4 ) * 2</c>.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct Expression(string Text, int Value)
{
    private const string Calc = "calc ";

    /// <summary>A sum, difference, product or exact quotient.</summary>
    public static Expression Of(int left, char sign, int right) =>
        new($"{left} {sign} {right}", (int)Arithmetic.Of(left, sign, right)!);

    /// <summary>The prompts in the words of the tiny model.</summary>
    public static PromptPair InWords(Expression clean, Expression corrupted) =>
        new($"{Calc}{clean.Text} =", $"{Calc}{corrupted.Text} =", $"{clean.Value}", $"{corrupted.Value}");

    /// <summary>The prompts in the paper's text.</summary>
    public static PromptPair InText(Expression clean, Expression corrupted)
    {
        PromptPair words = InWords(clean, corrupted);
        return words with { Clean = ToText(words.Clean), Corrupted = ToText(words.Corrupted) };
    }

    /// <summary>A prompt in the paper's text, where it is one in words; else as it is.</summary>
    public static string ToText(string prompt) =>
        prompt.StartsWith(Calc, StringComparison.Ordinal)
            ? ArithmeticFormat.Instruction
                + prompt[Calc.Length..]
                    .Replace("( ", "(", StringComparison.Ordinal)
                    .Replace(" )", ")", StringComparison.Ordinal)
            : prompt;
}
