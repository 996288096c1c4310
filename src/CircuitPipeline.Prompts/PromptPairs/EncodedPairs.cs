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
        }

        _pairs = pairs;
    }

    /// <summary>Number of pairs.</summary>
    public int Count => _pairs.Length;

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
    /// <exception cref="InvalidDataException">The prompts of a pair differ in length; the row is named.</exception>
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
}

/// <summary>A prompt pair as token ids.</summary>
/// <param name="Clean">The prompt, without padding.</param>
/// <param name="Corrupted">Its twin, of the same length.</param>
/// <param name="Answer">The clean prompt's right next token.</param>
/// <param name="CorruptedAnswer">The twin's right next token.</param>
public sealed record EncodedPair(
    ImmutableArray<int> Clean,
    ImmutableArray<int> Corrupted,
    int Answer,
    int CorruptedAnswer
)
{
    /// <summary>The token, from 0, behind which the answer is asked for; null for the last one.</summary>
    public int? Position { get; init; }

    /// <summary>The place of the token behind which the answer is asked for, from 0.</summary>
    public int AnswerPosition => Position ?? Clean.Length - 1;
}
