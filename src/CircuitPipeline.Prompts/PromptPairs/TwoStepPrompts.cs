using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>A bracket, then a product or an exact quotient; another last number gives the corrupted prompt.</summary>
/// <remarks>Wang et al. 2025 (arXiv:2502.11812), two-step: <c>(61 - 45) * 45</c>, only the last number changed.</remarks>
/// <param name="maxNumber">The largest number, at least 6.</param>
/// <param name="smallLimit">The largest operand in the brackets, at least 2 and at most half of the largest number.</param>
public sealed class TwoStepPrompts(int maxNumber, int smallLimit) : IPromptPairs
{
    /// <inheritdoc/>
    public string Name => "two_step";

    /// <inheritdoc/>
    public PromptPair Draw(SeededRandom random)
    {
        while (true)
        {
            Bracket bracket = Bracket.Draw(random, smallLimit);
            bool multiplies = random.NextCoin();
            int[] operands = random.Shuffled(multiplies ? bracket.Factors(maxNumber) : bracket.Divisors());
            if (operands is [var clean, var corrupted, ..])
            {
                return multiplies
                    ? Pair('*', clean, corrupted, operand => bracket.Result * operand)
                    : Pair('/', clean, corrupted, operand => bracket.Result / operand);
            }

            PromptPair Pair(char sign, int one, int other, Func<int, int> result) =>
                new(
                    $"calc {bracket.Text} {sign} {one} =",
                    $"calc {bracket.Text} {sign} {other} =",
                    $"{result(one)}",
                    $"{result(other)}"
                );
        }
    }
}
