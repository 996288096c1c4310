namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Lines like <c>tens 47 = 4</c> and <c>ones 47 = 7</c>; the tens digit of 147 is 4 too.</summary>
/// <param name="maxNumber">The largest number.</param>
public sealed class DigitLine(int maxNumber) : ICorpusLine
{
    /// <inheritdoc/>
    public string Name => "digits";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        int number = random.Between(0, maxNumber);
        return random.NextCoin() ? $"tens {number} = {number / 10 % 10}" : $"ones {number} = {number % 10}";
    }
}
