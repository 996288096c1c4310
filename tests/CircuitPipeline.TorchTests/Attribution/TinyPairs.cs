using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>Random pairs for <see cref="TinyModel"/>, some of them of another length.</summary>
internal static class TinyPairs
{
    internal static EncodedPairs Create(int count = 6, long seed = 3)
    {
        SeededRandom random = new(seed);
        return EncodedPairs.Of(Enumerable.Range(0, count).Select(index => Pair(random, index % 3 == 2 ? 4 : 5)));
    }

    private static EncodedPair Pair(SeededRandom random, int length)
    {
        int[] clean = [.. Ids(random, length)];
        int[] corrupted = [.. clean];
        corrupted[1] = (clean[1] + 1 + random.Between(0, TinyModel.DVocab - 2)) % TinyModel.DVocab;
        int answer = random.Between(0, TinyModel.DVocab - 1);
        return new EncodedPair([.. clean], [.. corrupted], answer, (answer + 1) % TinyModel.DVocab);
    }

    private static IEnumerable<int> Ids(SeededRandom random, int length) =>
        Enumerable.Range(0, length).Select(_ => random.Between(0, TinyModel.DVocab - 1));
}
