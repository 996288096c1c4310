namespace CircuitPipeline.Prompts;

/// <summary>Lines like <c>max 3 17 = 17</c>.</summary>
/// <param name="maxNumber">The largest number.</param>
public sealed class MaximumTask(int maxNumber) : ICorpusLine
{
    /// <inheritdoc/>
    public string Name => "maximum";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        var first = random.Between(0, maxNumber);
        var second = random.Between(0, maxNumber);
        return $"max {first} {second} = {Math.Max(first, second)}";
    }
}
