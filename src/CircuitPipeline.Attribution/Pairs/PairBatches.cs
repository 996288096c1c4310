using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Prompts.PromptPairs;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Pairs;

/// <summary>Takes prompt pairs apart into batches of tensors.</summary>
internal static class PairBatches
{
    extension(EncodedPairs pairs)
    {
        /// <summary>Refuses pairs that a model cannot read.</summary>
        public void MustFit(TransformerConfig config)
        {
            for (int index = 0; index < pairs.Count; index++)
            {
                if (PairMisfit.Of(pairs[index], config.DVocab, config.NCtx) is { } misfit)
                {
                    throw new InvalidDataException($"Pair {index + 1} {misfit}.");
                }
            }
        }

        /// <summary>Places of at most so many pairs at a time, short ones first, so that little is padded.</summary>
        public int[][] Batches(int size) =>
            [.. Enumerable.Range(0, pairs.Count).OrderBy(index => pairs[index].Clean.Length).Chunk(size)];

        /// <summary>Places of at most so many pairs at a time, in the pairs' order.</summary>
        public int[][] BatchesInOrder(int size) => [.. Enumerable.Range(0, pairs.Count).Chunk(size)];

        /// <summary>The first position at which clean and corrupted prompts of some pairs differ or an answer is asked for.</summary>
        public int SharedStart(int[] rows) =>
            rows.Min(row => Math.Min(FirstDifference(pairs[row]), pairs[row].AnswerPosition));

        public PairBatch Take(int[] rows, Device device)
        {
            EncodedPair[] taken = [.. rows.Select(row => pairs[row])];
            int longest = taken.Max(pair => pair.Clean.Length);
            Tensor Padded(Func<EncodedPair, ImmutableArray<int>> select) =>
                tensor(
                    [.. taken.SelectMany(pair => Enumerable.Range(0, longest).Select(at => IdAt(select(pair), at)))],
                    [rows.Length, longest],
                    device: device
                );
            AnswerSets Sets(Func<EncodedPair, ImmutableArray<int>> select) =>
                AnswerSets.Of([.. taken.Select(select)], device);

            return new PairBatch(
                rows,
                Padded(pair => pair.Clean),
                Padded(pair => pair.Corrupted),
                [.. taken.Select(pair => pair.AnswerPosition)],
                [.. taken.Select(pair => pair.Clean.Length)],
                new Answers(Sets(pair => pair.Answers), Sets(pair => pair.CorruptedAnswers))
            );
        }
    }

    private static int FirstDifference(EncodedPair pair) =>
        pair.Clean.AsSpan().CommonPrefixLength(pair.Corrupted.AsSpan());

    // Padding may be any token.
    private static long IdAt(ImmutableArray<int> ids, int at) => at < ids.Length ? ids[at] : 0;
}
