using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Prompts.Tasks;

/// <summary>A prompt with its answer, as a line of a corpus.</summary>
internal static class Statement
{
    /// <summary>One of the clean prompts, a blank, and one of its right answers.</summary>
    public static string Of(ImmutableArray<PromptPair> pairs, SeededRandom random)
    {
        PromptPair pair = random.Pick(pairs.AsSpan());
        return $"{pair.Clean} {random.Pick(pair.Answers.AsSpan())}";
    }
}
