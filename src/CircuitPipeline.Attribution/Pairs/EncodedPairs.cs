using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Pairs;

/// <summary>Prompt pairs as token ids, in their order.</summary>
public sealed class EncodedPairs
{
    private readonly ImmutableArray<EncodedPair> _pairs;

    private EncodedPairs(ImmutableArray<EncodedPair> pairs)
    {
        if (pairs.IsEmpty)
        {
            throw new InvalidPairsException("There are no prompt pairs, but at least one is needed.");
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
    /// <exception cref="InvalidPairsException">A word is unknown, or the prompts of a pair differ in length; the row is named.</exception>
    public static EncodedPairs Of(IReadOnlyList<PromptPair> pairs, Vocabulary vocabulary) =>
        new([.. pairs.Select((pair, index) => Encode(pair, vocabulary, index + 1))]);

    /// <summary>Takes token ids as they are.</summary>
    /// <param name="pairs">At least one pair, without padding.</param>
    /// <returns>The pairs in the same order.</returns>
    /// <exception cref="InvalidPairsException">The prompts of a pair differ in length; the row is named.</exception>
    public static EncodedPairs Of(IEnumerable<EncodedPair> pairs) => new([.. pairs]);

    /// <summary>Refuses pairs that a model cannot read.</summary>
    internal void MustFit(TransformerConfig config)
    {
        foreach ((int index, EncodedPair pair) in _pairs.Index())
        {
            int[] ids = [.. pair.Clean, .. pair.Corrupted, pair.Answer, pair.CorruptedAnswer];
            if (Array.Find(ids, id => id < 0 || id >= config.DVocab) is not 0 and int id)
            {
                throw new InvalidPairsException(
                    $"Pair {index + 1} has the token id '{id}', but the model knows 0 to {config.DVocab - 1}."
                );
            }

            if (pair.Clean.Length > config.NCtx)
            {
                throw new InvalidPairsException(
                    $"Pair {index + 1} has '{pair.Clean.Length}' tokens, but the model reads at most {config.NCtx}."
                );
            }
        }
    }

    /// <summary>Places of at most so many pairs at a time, short ones first, so that little is padded.</summary>
    internal int[][] Batches(int size) =>
        [.. Enumerable.Range(0, Count).OrderBy(index => _pairs[index].Clean.Length).Chunk(size)];

    /// <summary>Places of at most so many pairs at a time, in the pairs' order.</summary>
    internal int[][] BatchesInOrder(int size) => [.. Enumerable.Range(0, Count).Chunk(size)];

    /// <summary>The first position at which clean and corrupted prompts of some pairs differ or an answer is asked for.</summary>
    internal int SharedStart(int[] rows) =>
        rows.Min(row => Math.Min(FirstDifference(_pairs[row]), _pairs[row].AnswerPosition));

    internal PairBatch Take(int[] rows, Device device)
    {
        EncodedPair[] taken = [.. rows.Select(row => _pairs[row])];
        int longest = taken.Max(pair => pair.Clean.Length);
        Tensor Padded(Func<EncodedPair, ImmutableArray<int>> select) =>
            tensor(
                [.. taken.SelectMany(pair => Enumerable.Range(0, longest).Select(at => IdAt(select(pair), at)))],
                [rows.Length, longest],
                device: device
            );
        Tensor Ids(Func<EncodedPair, int> select) =>
            tensor([.. taken.Select(pair => (long)select(pair))], [rows.Length], device: device);

        return new PairBatch(
            rows,
            Padded(pair => pair.Clean),
            Padded(pair => pair.Corrupted),
            [.. taken.Select(pair => pair.AnswerPosition)],
            [.. taken.Select(pair => pair.Clean.Length)],
            new Answers(Ids(pair => pair.Answer), Ids(pair => pair.CorruptedAnswer))
        );
    }

    private static int FirstDifference(EncodedPair pair) =>
        pair.Clean.AsSpan().CommonPrefixLength(pair.Corrupted.AsSpan());

    // Padding may be any token.
    private static long IdAt(ImmutableArray<int> ids, int at) => at < ids.Length ? ids[at] : 0;

    private static EncodedPair Encode(PromptPair pair, Vocabulary vocabulary, int row)
    {
        try
        {
            vocabulary.MustFit(pair);
            return new EncodedPair(
                [.. vocabulary.Encode(pair.Clean)],
                [.. vocabulary.Encode(pair.Corrupted)],
                vocabulary.Encode(pair.Answer)[0],
                vocabulary.Encode(pair.CorruptedAnswer)[0]
            );
        }
        catch (InvalidPromptsException problem)
        {
            throw new InvalidPairsException($"Pair {row}: {problem.Message}", problem);
        }
    }

    private static void MustBeAligned(EncodedPair pair, int row)
    {
        if (pair.Clean.Length != pair.Corrupted.Length || pair.Clean.IsEmpty)
        {
            throw new InvalidPairsException(
                $"Pair {row} has '{pair.Clean.Length}' clean and '{pair.Corrupted.Length}' corrupted tokens, "
                    + "but both prompts must have as many, and at least one."
            );
        }

        if (pair.Position is { } position && (position < 0 || position >= pair.Clean.Length))
        {
            throw new InvalidPairsException(
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

    /// <summary>The answer position as an index.</summary>
    internal int AnswerPosition => Position ?? Clean.Length - 1;
}
