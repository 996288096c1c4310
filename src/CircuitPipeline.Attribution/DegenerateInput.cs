using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution;

/// <summary>Input from which no answer follows, and what to say of it.</summary>
public static class DegenerateInput
{
    /// <summary>Refuses scores that put no edge before another, or by rounding only.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="pairs">What they were found with.</param>
    /// <exception cref="UndefinedResultException">Every score is 0, or the corrupted prompts are what replaces and are the clean ones.</exception>
    public static void MustOrderEdges(EdgeScores scores, EncodedPairs pairs)
    {
        if (EqualPrompts(scores, pairs) == pairs.Count)
        {
            throw new UndefinedResultException(
                $"No order of edges follows from these pairs, because the corrupted prompt equals the clean one in {All(pairs.Count)}, so that patching changes nothing; give pairs that differ."
            );
        }

        if (scores.Values.All(score => score == 0))
        {
            throw new UndefinedResultException(
                "Every score is 0, so no order of edges follows from them: the metric does not depend on any edge with these pairs; give other pairs or another metric."
            );
        }
    }

    /// <summary>What a reader must know of pairs that are no pairs; null where there is nothing to say.</summary>
    /// <param name="scores">What was found with them.</param>
    /// <param name="pairs">The pairs.</param>
    public static string? WarningOf(EdgeScores scores, EncodedPairs pairs) =>
        EqualPrompts(scores, pairs) is > 0 and int equal
            ? $"in {equal} of {pairs.Count} pairs the corrupted prompt equals the clean one; they add nothing but their number."
            : null;

    // Zeros and means need no corrupted prompt.
    private static int EqualPrompts(EdgeScores scores, EncodedPairs pairs) =>
        scores.Origin.Intervention != EnumNames.Of(Intervention.Patching)
            ? 0
            : Enumerable
                .Range(0, pairs.Count)
                .Count(row => pairs[row].Clean.AsSpan().SequenceEqual(pairs[row].Corrupted.AsSpan()));

    private static string All(int count) => count == 1 ? "the only pair" : $"all {count} pairs";
}
