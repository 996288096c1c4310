namespace CircuitPipeline.Prompts;

/// <summary>Lines like <c>calc ( 3 + 4 ) * 2 = 14</c>: a small sum or difference, then a product or an exact quotient.</summary>
/// <param name="maxNumber">The largest number, at least 4.</param>
/// <param name="smallLimit">The largest operand in the brackets, at most half of the largest number.</param>
public sealed class TwoStepTask(int maxNumber, int smallLimit) : ICorpusLine
{
    /// <inheritdoc/>
    public string Name => "two_step";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        while (true)
        {
            var bracket = Bracket.Draw(random, smallLimit);
            var multiplies = random.NextCoin();
            var operands = multiplies ? bracket.Factors(maxNumber) : bracket.Divisors();
            if (operands.Length > 0)
            {
                var operand = random.Pick<int>(operands);
                return multiplies
                    ? $"calc {bracket.Text} * {operand} = {bracket.Result * operand}"
                    : $"calc {bracket.Text} / {operand} = {bracket.Result / operand}";
            }
        }
    }
}
