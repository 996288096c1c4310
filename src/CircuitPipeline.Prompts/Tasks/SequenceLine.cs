namespace CircuitPipeline.Prompts.Tasks;

/// <summary>Lines like <c>seq 4 8 12 16 20</c>: constant steps up or down, and one line in five a constant factor.</summary>
/// <param name="maxNumber">The largest number, at least 100.</param>
public sealed class SequenceLine(int maxNumber) : ICorpusLine
{
    private const int LargestStep = 12;
    private const int MostTerms = 8;

    /// <inheritdoc/>
    public string Name => "sequences";

    /// <inheritdoc/>
    public string Draw(SeededRandom random)
    {
        IEnumerable<int> terms = random.Between(1, 5) == 1 ? Geometric(random) : Arithmetic(random);
        return $"seq {string.Join(' ', random.NextCoin() ? terms : terms.Reverse())}";
    }

    // 12 · 7 = 84 steps at most, so that a start always exists below 100.
    private IEnumerable<int> Arithmetic(SeededRandom random)
    {
        int count = random.Between(5, MostTerms);
        int step = random.Between(1, LargestStep);
        int start = random.Between(0, maxNumber - step * (count - 1));
        return Enumerable.Range(0, count).Select(place => start + step * place);
    }

    private IEnumerable<int> Geometric(SeededRandom random)
    {
        int count = random.Between(4, 5);
        int factor = random.Between(2, 3);
        int growth = (int)Math.Pow(factor, count - 1);
        int start = random.Between(1, maxNumber / growth);
        return Enumerable.Range(0, count).Select(place => start * (int)Math.Pow(factor, place));
    }
}
