using CircuitPipeline.Prompts.PromptPairs.Paper;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Lines like <c>calc ( 3 + 4 ) * 2 = 14</c>: a small sum or difference, then a product or an exact quotient.</summary>
/// <param name="maxNumber">The largest number, at least 4.</param>
/// <param name="smallLimit">The largest operand in the brackets, at most half of the largest number.</param>
public sealed class TwoStepLine(int maxNumber, int smallLimit) : ICorpusLine
{
    /// <inheritdoc/>
    public string Name => "two_step";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        while (true)
        {
            Bracket bracket = Bracket.Draw(random, smallLimit);
            bool multiplies = random.NextCoin();
            int[] operands = multiplies ? bracket.Factors(maxNumber) : bracket.Divisors();
            if (operands.Length > 0)
            {
                int operand = random.Pick<int>(operands);
                return multiplies
                    ? $"calc {bracket.Text} * {operand} = {bracket.Result * operand}"
                    : $"calc {bracket.Text} / {operand} = {bracket.Result / operand}";
            }
        }
    }
}

/// <summary>A small sum or difference in brackets, the first step of a two-step line.</summary>
/// <param name="Text">The words, <c>( 3 + 4 )</c>.</param>
/// <param name="Result">Its value, at least 0.</param>
internal readonly record struct Bracket(string Text, int Result)
{
    /// <summary>Draws operands from 0 to the small limit, a difference with the larger one first.</summary>
    public static Bracket Draw(SeededRandom random, int smallLimit)
    {
        int first = random.Between(0, smallLimit);
        int second = random.Between(0, smallLimit);
        (int larger, int smaller) = (Math.Max(first, second), Math.Min(first, second));
        return random.NextCoin()
            ? new Bracket($"( {first} + {second} )", first + second)
            : new Bracket($"( {larger} - {smaller} )", larger - smaller);
    }

    /// <summary>What the result can be multiplied by without leaving the numbers, from 2; nothing for 0.</summary>
    public int[] Factors(int maxNumber) =>
        Result == 0 ? [] : [.. Enumerable.Range(2, Math.Max(0, maxNumber / Result - 1))];

    /// <summary>What the result can be divided by exactly, from 2; nothing for 0 and 1.</summary>
    public int[] Divisors() => Arithmetic.DivisorsOf(Result);
}
