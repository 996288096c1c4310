namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Lines like <c>max 3 17 = 17</c>.</summary>
/// <param name="maxNumber">The largest number.</param>
public sealed class MaximumLine(int maxNumber) : ICorpusLine
{
    /// <inheritdoc/>
    public string Name => "maximum";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        int first = random.Between(0, maxNumber);
        int second = random.Between(0, maxNumber);
        return $"max {first} {second} = {Math.Max(first, second)}";
    }
}
