using System.Collections.Immutable;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Products and exact quotients; another first number gives the corrupted prompt.</summary>
/// <remarks>Wang et al. 2025 (arXiv:2502.11812), Mul/Div: for a quotient the new number is another multiple of the divisor.</remarks>
/// <param name="maxNumber">The largest number, at least 6.</param>
public sealed class MulDivPrompts(int maxNumber) : IPromptPairs
{
    // The second factor leaves room for at least two first ones.
    private readonly ImmutableArray<(int First, int Second)> _factors =
    [
        .. FactorPairs.Upto(maxNumber).Where(pair => 3 * pair.Second <= maxNumber),
    ];

    /// <inheritdoc/>
    public string Name => "mul_div";

    /// <inheritdoc/>
    public PromptPair Draw(SeededRandom random)
    {
        (int first, int second) = random.Pick(_factors.AsSpan());
        int other = random.Between(2, maxNumber / second - 1);
        other += other >= first ? 1 : 0;
        return random.NextCoin()
            ? Expression.InWords(Expression.Of(first, '*', second), Expression.Of(other, '*', second))
            : Expression.InWords(
                Expression.Of(first * second, '/', second),
                Expression.Of(other * second, '/', second)
            );
    }
}
