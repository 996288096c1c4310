namespace CircuitPipeline.Prompts;

/// <summary>Lines like <c>calc ( 3 + 4 ) * 2 = 14</c>: a small sum or difference, then a product or an exact quotient.</summary>
/// <param name="maxNumber">The largest number, at least 4.</param>
/// <param name="smallLimit">The largest operand in the brackets, at most half of the largest number.</param>
public sealed class TwoStepTask(int maxNumber, int smallLimit) : ITask
{
    /// <inheritdoc/>
    public string Name => "two_step";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        while (true)
        {
            var (text, inner) = Bracket(random);
            if (inner >= 1 && 2 * inner <= maxNumber && random.NextCoin())
            {
                var factor = random.Between(2, maxNumber / inner);
                return $"calc {text} * {factor} = {inner * factor}";
            }
            if (inner >= 2)
            {
                int[] divisors = [.. Enumerable.Range(2, inner - 1).Where(divisor => inner % divisor == 0)];
                var divisor = random.Pick(divisors.AsSpan());
                return $"calc {text} / {divisor} = {inner / divisor}";
            }
        }
    }

    // ( x + y ) or ( x - y ), both from 0 to the small limit, never below 0.
    private (string Text, int Result) Bracket(SeededRandom random)
    {
        var first = random.Between(0, smallLimit);
        var second = random.Between(0, smallLimit);
        var (larger, smaller) = (Math.Max(first, second), Math.Min(first, second));
        return random.NextCoin()
            ? ($"( {first} + {second} )", first + second)
            : ($"( {larger} - {smaller} )", larger - smaller);
    }
}
