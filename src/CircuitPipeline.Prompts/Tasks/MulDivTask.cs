using System.Collections.Immutable;

namespace CircuitPipeline.Prompts;

/// <summary>Lines like <c>calc 6 * 7 = 42</c> and <c>calc 42 / 7 = 6</c>; factors are at least 2, quotients exact.</summary>
/// <param name="maxNumber">The largest number, at least 4.</param>
public sealed class MulDivTask(int maxNumber) : ICorpusLine
{
    private readonly ImmutableArray<(int First, int Second)> _factors = FactorPairs.Upto(maxNumber);

    /// <inheritdoc/>
    public string Name => "mul_div";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        var (first, second) = random.Pick(_factors.AsSpan());
        var product = first * second;
        return random.NextCoin() ? $"calc {first} * {second} = {product}" : $"calc {product} / {second} = {first}";
    }
}
