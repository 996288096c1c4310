using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Tests.Prompts;

/// <summary>The default study's numbers, with fewer lines.</summary>
internal static class TinyStudy
{
    public static CorpusSpec Corpus { get; } =
        new()
        {
            MaxNumber = 255,
            Lines = 20_000,
            SmallLimit = 24,
            LargeShare = 0.15,
            Weights = new CorpusWeights
            {
                Sequences = 3,
                Maximum = 1,
                Digits = 1,
                AddSubSmall = 3,
                AddSubLarge = 0.7,
                MulDiv = 1.3,
                TwoStep = 0.5,
            },
        };

    public static SplitSpec Splits { get; } =
        new()
        {
            Train = 3_300,
            Validation = 500,
            Circuit = 500,
            Test = 2_000,
        };

    public static Vocabulary Vocabulary { get; } = Vocabulary.ForNumbers(255);

    public static SeededRandom Seed => new(1);

    public static string[] Lines(long seed = 1) => [.. CorpusGenerator.Lines(Corpus, new SeededRandom(seed))];
}
