using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Bench;

/// <summary>Prompt pairs of random token ids; what they say does not matter to the time.</summary>
internal static class RandomPairs
{
    private const int Ids = 50_000;

    /// <summary>Pairs whose prompts share nothing.</summary>
    internal static EncodedPairs Unrelated(int count, int length, int ids = Ids)
    {
        SeededRandom random = new(1);
        return EncodedPairs.Of(
            Enumerable.Range(0, count).Select(_ => Pair(random, Some(random, length, ids), Some(random, length, ids)))
        );
    }

    /// <summary>
    /// The shape of the paper's Add/Sub prompts (arXiv:2502.11812) without BOS: 19 tokens, the first 15 the same in all
    /// prompts, clean and corrupted the same up to index 15 and different at 16.
    /// </summary>
    internal static EncodedPairs LikeAddSub(int count)
    {
        SeededRandom random = new(1);
        int[] instruction = Some(random, 15);
        return EncodedPairs.Of(
            Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    int[] clean = [.. instruction, .. Some(random, 4)];
                    int[] corrupted = [.. clean];
                    corrupted[16] = (clean[16] + 1) % Ids;
                    return Pair(random, clean, corrupted);
                })
        );
    }

    private static EncodedPair Pair(SeededRandom random, int[] clean, int[] corrupted) =>
        new([.. clean], [.. corrupted], random.Between(0, 999), random.Between(1000, 1999));

    private static int[] Some(SeededRandom random, int count, int ids = Ids) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Between(0, ids - 1))];
}
