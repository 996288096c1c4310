namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Lines like <c>calc 7 + 5 = 12</c> and <c>calc 12 - 5 = 7</c> with operands from 0 to the small limit.</summary>
/// <param name="smallLimit">The largest operand, at most half of the largest number.</param>
public sealed class AddSubSmallLine(int smallLimit) : ICorpusLine
{
    /// <inheritdoc/>
    public string Name => "add_sub_small";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        int first = random.Between(0, smallLimit);
        int second = random.Between(0, smallLimit);
        (int larger, int smaller) = (Math.Max(first, second), Math.Min(first, second));
        return random.NextCoin()
            ? $"calc {first} + {second} = {first + second}"
            : $"calc {larger} - {smaller} = {larger - smaller}";
    }
}
