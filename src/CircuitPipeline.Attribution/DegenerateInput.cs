using System.Collections.Immutable;
using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution;

/// <summary>Input from which no answer follows, and what to say of it.</summary>
public static class DegenerateInput
{
    /// <summary>Refuses scores that put no edge before another, or by rounding only.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="pairs">What they were found with.</param>
    /// <param name="config">The model's shape, which may say why; null where it is not at hand.</param>
    /// <exception cref="UndefinedResultException">
    /// Every score is 0, the corrupted prompts are what replaces and are the clean ones, or the metric compares answers and every
    /// pair has the same on both sides.
    /// </exception>
    public static void MustOrderEdges(EdgeScores scores, EncodedPairs pairs, TransformerConfig? config = null)
    {
        if (EqualPrompts(scores.Origin.Intervention, pairs) == pairs.Count)
        {
            throw new UndefinedResultException(
                $"No order of edges follows from these pairs, because the corrupted prompt equals the clean one in {All(pairs.Count)}, so that patching changes nothing; give pairs that differ."
            );
        }

        if (EqualAnswers(scores.Origin.Metric, pairs) == pairs.Count)
        {
            throw new UndefinedResultException(
                $"No order of edges follows from these pairs, because the right answers are the wrong ones in {All(pairs.Count)}, so that the metric '{scores.Origin.Metric}' is 0 whatever a run predicts; give answers that differ."
            );
        }

        EdgeOrder.MustExist(scores, cause: CauseOfNone(scores.Origin.Intervention, pairs, config));
    }

    /// <summary>What a reader must know of pairs that are no pairs, or whose answers are not apart; a sentence each.</summary>
    /// <param name="scores">What was found with them.</param>
    /// <param name="pairs">The pairs.</param>
    public static IEnumerable<string> WarningsOf(EdgeScores scores, EncodedPairs pairs) =>
        WarningsOf(scores.Origin.Metric, scores.Origin.Intervention, pairs);

    /// <summary>The same, where a metric was measured and nothing scored.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="intervention">The intervention's name.</param>
    /// <param name="pairs">The pairs.</param>
    public static IEnumerable<string> WarningsOf(string metric, string intervention, EncodedPairs pairs)
    {
        if (EqualPrompts(intervention, pairs) is > 0 and int prompts)
        {
            yield return $"in {prompts} of {pairs.Count} pairs the corrupted prompt equals the clean one; they add nothing but their number.";
        }

        int equal = EqualAnswers(metric, pairs);
        if (equal > 0)
        {
            yield return $"in {equal} of {pairs.Count} pairs the right answers are the wrong ones; they add nothing but their number.";
        }

        if (Answering(metric, pairs).Count(Overlaps) - equal is > 0 and int overlapping)
        {
            yield return $"in {overlapping} of {pairs.Count} pairs a token is among the right and the wrong answers; it counts on both sides.";
        }
    }

    // What comes behind the answer's position changes nothing before it, nor does what no chain of windows leads to it.
    private static string? CauseOfNone(string intervention, EncodedPairs pairs, TransformerConfig? config)
    {
        EncodedPair[] rows = [.. Enumerable.Range(0, pairs.Count).Select(row => pairs[row])];
        return intervention != EnumNames.Of(Intervention.Patching) ? null
            : Array.TrueForAll(rows, IsEqualToTheAnswer)
                ? $"the corrupted prompt equals the clean one up to the answer's 'position' in {All(pairs.Count)}"
            : config?.Window is { } window && Array.TrueForAll(rows, row => IsOutside(window, row))
                ? $"the prompts differ only outside the model's sliding window of '{window.Width}' tokens, seen from the answer's 'position', in {All(pairs.Count)}"
            : null;
    }

    private static bool IsEqualToTheAnswer(EncodedPair pair) => LastDifference(pair) < 0;

    // Each layer carries what it sees on by less than a window; one that sees all ends that.
    private static bool IsOutside(SlidingWindow window, EncodedPair pair) =>
        window.IsLocal.All(isLocal => isLocal)
        && (
            LastDifference(pair) < 0
            || pair.AnswerPosition - LastDifference(pair) > (window.Width - 1L) * window.IsLocal.Length
        );

    // Up to the answer; -1 for none.
    private static long LastDifference(EncodedPair pair)
    {
        int place = pair.AnswerPosition;
        while (place >= 0 && pair.Clean[place] == pair.Corrupted[place])
        {
            place--;
        }

        return place;
    }

    private static int EqualAnswers(string metric, EncodedPairs pairs) =>
        Answering(metric, pairs)
            .Count(pair =>
                pair.Answers.Length == pair.CorruptedAnswers.Length && pair.Answers.All(Among(pair.CorruptedAnswers))
            );

    private static bool Overlaps(EncodedPair pair) => pair.Answers.Any(Among(pair.CorruptedAnswers));

    private static Func<int, bool> Among(ImmutableArray<int> answers) =>
        answers.Length == 1 ? answers[0].Equals : answers.ToHashSet().Contains;

    // The pairs, where the metric compares right answers with wrong ones.
    private static IEnumerable<EncodedPair> Answering(string metric, EncodedPairs pairs) =>
        Metrics.AgainstAnswers.Any(against => against.Name == metric)
            ? Enumerable.Range(0, pairs.Count).Select(row => pairs[row])
            : [];

    // Zeros and means need no corrupted prompt.
    private static int EqualPrompts(string intervention, EncodedPairs pairs) =>
        intervention != EnumNames.Of(Intervention.Patching)
            ? 0
            : Enumerable
                .Range(0, pairs.Count)
                .Count(row => pairs[row].Clean.AsSpan().SequenceEqual(pairs[row].Corrupted.AsSpan()));

    private static string All(int count) => count == 1 ? "the only pair" : $"all {count} pairs";
}
