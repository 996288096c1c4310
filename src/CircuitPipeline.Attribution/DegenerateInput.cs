using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution;

/// <summary>Input from which no answer follows, and what to say of it.</summary>
public static class DegenerateInput
{
    /// <summary>Refuses scores that put no edge before another.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="pairs">What they were found with.</param>
    /// <exception cref="UndefinedResultException">Every score is 0.</exception>
    public static void MustOrderEdges(EdgeScores scores, EncodedPairs pairs)
    {
        if (scores.Values.Any(score => score != 0))
        {
            return;
        }

        int equal = EqualPrompts(pairs);
        string why =
            equal == pairs.Count
                ? $"the corrupted prompt equals the clean one in {All(pairs.Count)}; give pairs that differ"
                : "the metric does not depend on any edge with these pairs; give other pairs or another metric";
        throw new UndefinedResultException(
            $"Every score is 0, so no order of edges and no circuit follows from them: {why}."
        );
    }

    /// <summary>What a reader must know of pairs that are no pairs; null where there is nothing to say.</summary>
    /// <param name="pairs">The pairs.</param>
    public static string? WarningOf(EncodedPairs pairs) =>
        EqualPrompts(pairs) is > 0 and int equal
            ? $"in {equal} of {pairs.Count} pairs the corrupted prompt equals the clean one; they add nothing but their number."
            : null;

    private static int EqualPrompts(EncodedPairs pairs) =>
        Enumerable
            .Range(0, pairs.Count)
            .Count(row => pairs[row].Clean.AsSpan().SequenceEqual(pairs[row].Corrupted.AsSpan()));

    private static string All(int count) => count == 1 ? "the only pair" : $"all {count} pairs";
}
