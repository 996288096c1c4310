using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Prompt pairs as token ids, in their order: what every room that runs a model reads.</summary>
public sealed class EncodedPairs
{
    private readonly ImmutableArray<EncodedPair> _pairs;

    private EncodedPairs(ImmutableArray<EncodedPair> pairs)
    {
        if (pairs.IsEmpty)
        {
            throw new InvalidDataException("There are no prompt pairs, but at least one is needed.");
        }

        foreach ((int index, EncodedPair pair) in pairs.Index())
        {
            MustBeAligned(pair, index + 1);
            MustBeSet(pair.Answers, "right", index + 1);
            MustBeSet(pair.CorruptedAnswers, "wrong", index + 1);
        }

        _pairs = pairs;
    }

    /// <summary>Number of pairs.</summary>
    public int Count => _pairs.Length;

    /// <summary>Whether every pair has a right answer.</summary>
    public bool HaveAnswers => _pairs.All(pair => pair.HasAnswers);

    /// <summary>The pair at a place.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public EncodedPair this[int index] => _pairs[index];

    /// <summary>Encodes prompt pairs.</summary>
    /// <param name="pairs">At least one pair.</param>
    /// <param name="vocabulary">Has every word; an answer is one word.</param>
    /// <returns>The pairs in the same order.</returns>
    /// <exception cref="InvalidDataException">A word is unknown, or the prompts of a pair differ in length; the row is named.</exception>
    public static EncodedPairs Of(IReadOnlyList<PromptPair> pairs, Vocabulary vocabulary) =>
        new([.. pairs.Select((pair, index) => Encode(pair, vocabulary, index + 1))]);

    /// <summary>Takes token ids as they are.</summary>
    /// <param name="pairs">At least one pair, without padding.</param>
    /// <returns>The pairs in the same order.</returns>
    /// <exception cref="InvalidDataException">
    /// The prompts of a pair differ in length, or a token is twice among the answers to one of them; the row is named.
    /// </exception>
    public static EncodedPairs Of(IEnumerable<EncodedPair> pairs) => new([.. pairs]);

    private static EncodedPair Encode(PromptPair pair, Vocabulary vocabulary, int row)
    {
        try
        {
            return vocabulary.Encode(pair);
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"Pair {row}: {problem.Message}", problem);
        }
    }

    private static void MustBeAligned(EncodedPair pair, int row)
    {
        if (pair.Clean.Length != pair.Corrupted.Length || pair.Clean.IsEmpty)
        {
            throw new InvalidDataException(
                $"Pair {row} has '{pair.Clean.Length}' clean and '{pair.Corrupted.Length}' corrupted tokens, "
                    + "but both prompts must have as many, and at least one."
            );
        }

        if (pair.Position is { } position && (position < 0 || position >= pair.Clean.Length))
        {
            throw new InvalidDataException(
                $"Pair {row} has its answer at position '{position}', but its '{pair.Clean.Length}' tokens have 0 to {pair.Clean.Length - 1}."
            );
        }
    }

    private static void MustBeSet(ImmutableArray<int> answers, string kind, int row)
    {
        if (AnswerSet.FirstRepeat(answers) is { } place)
        {
            throw new InvalidDataException(
                $"Pair {row} has the token '{answers[place]}' twice among its {kind} answers, but a set holds a token once; leave one out."
            );
        }
    }
}
