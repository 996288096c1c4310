using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Lines like <c>calc 6 * 7 = 42</c> and <c>calc 42 / 7 = 6</c>; factors are at least 2, quotients exact.</summary>
/// <param name="maxNumber">The largest number, at least 4.</param>
public sealed class MulDivLine(int maxNumber) : ICorpusLine
{
    private readonly ImmutableArray<(int First, int Second)> _factors = FactorPairs.Upto(maxNumber);

    /// <inheritdoc/>
    public string Name => "mul_div";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        (int first, int second) = random.Pick(_factors.AsSpan());
        int product = first * second;
        return random.NextCoin() ? $"calc {first} * {second} = {product}" : $"calc {product} / {second} = {first}";
    }
}

/// <summary>Pairs of factors, both at least 2, whose product is a number of the vocabulary.</summary>
internal static class FactorPairs
{
    public static ImmutableArray<(int First, int Second)> Upto(int maxNumber) =>
        [
            .. from first in Enumerable.Range(2, maxNumber)
            from second in Enumerable.Range(2, Math.Max(0, maxNumber / first - 1))
            select (first, second),
        ];
}
