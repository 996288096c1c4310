using System.Collections.Immutable;
using CircuitPipeline.Circuits;
using CircuitPipeline.Prompts;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Prompt pairs as token ids, in their order; every batch holds pairs of one length, so that nothing is padded.</summary>
public sealed class EncodedPairs
{
    private readonly ImmutableArray<EncodedPair> _pairs;

    private EncodedPairs(ImmutableArray<EncodedPair> pairs)
    {
        if (pairs.IsEmpty)
            throw new InvalidPairsException("There are no prompt pairs, but at least one is needed.");
        foreach ((int index, EncodedPair pair) in pairs.Index())
            MustBeAligned(pair, index + 1);
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
                throw new InvalidPairsException(
                    $"Pair {index + 1} has the token id '{id}', but the model knows 0 to {config.DVocab - 1}."
                );
            if (pair.Clean.Length > config.NCtx)
                throw new InvalidPairsException(
                    $"Pair {index + 1} has '{pair.Clean.Length}' tokens, but the model reads at most {config.NCtx}."
                );
        }
    }

    /// <summary>Places of pairs of one length, at most so many at a time.</summary>
    internal int[][] Batches(int size) =>
        [
            .. Enumerable
                .Range(0, Count)
                .GroupBy(index => _pairs[index].Clean.Length)
                .SelectMany(group => group.Chunk(size)),
        ];

    internal PairBatch Take(int[] rows, Device device)
    {
        int length = _pairs[rows[0]].Clean.Length;
        Tensor Ids(Func<EncodedPair, IEnumerable<int>> select, ReadOnlySpan<long> shape) =>
            tensor([.. rows.SelectMany(row => select(_pairs[row])).Select(id => (long)id)], shape, device: device);

        return new PairBatch(
            rows,
            Ids(pair => pair.Clean, [rows.Length, length]),
            Ids(pair => pair.Corrupted, [rows.Length, length]),
            new Answers(Ids(pair => [pair.Answer], [rows.Length]), Ids(pair => [pair.CorruptedAnswer], [rows.Length]))
        );
    }

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
            throw new InvalidPairsException(
                $"Pair {row} has '{pair.Clean.Length}' clean and '{pair.Corrupted.Length}' corrupted tokens, "
                    + "but both prompts must have as many, and at least one."
            );
    }
}
