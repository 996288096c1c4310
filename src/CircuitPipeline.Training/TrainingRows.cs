using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using static TorchSharp.torch;

namespace CircuitPipeline.Training;

/// <summary>What is trained on: rows of tokens, and beside each token the one that should follow it.</summary>
public sealed class TrainingRows : IDisposable
{
    /// <summary>The target where nothing is asked: such a position has no part in the loss.</summary>
    public const long NoTarget = -100;

    private readonly long[] _tokens; // [row, pos]
    private readonly long[] _targets; // [row, pos]
    private readonly int[] _lengths; // by row, padding behind the last token left out

    private TrainingRows(Device device, int length, long[] tokens, long[] targets, int[] lengths) =>
        (Device, Length, _tokens, _targets, _lengths) = (device, length, tokens, targets, lengths);

    /// <summary>Number of rows.</summary>
    public int Count => _lengths.Length;

    /// <summary>Tokens per row, padding included.</summary>
    public int Length { get; }

    /// <summary>Labels of the row that has most.</summary>
    public int MostLabels => Enumerable.Range(0, Count).Max(Labels);

    /// <summary>Where batches go.</summary>
    internal Device Device { get; }

    /// <summary>Every token of every line is to be predicted from those before it; padding is not.</summary>
    /// <param name="corpus">The lines.</param>
    /// <param name="device">Where the rows go.</param>
    public static TrainingRows OfCorpus(Corpus corpus, Device device)
    {
        int length = corpus.Length - 1;
        ReadOnlySpan<int> all = corpus.Tokens.Span;
        long[] tokens = new long[corpus.LineCount * length];
        long[] targets = new long[tokens.Length];
        int[] lengths = new int[corpus.LineCount];
        for (int line = 0; line < corpus.LineCount; line++)
        {
            for (int pos = 0; pos < length; pos++)
            {
                int next = all[line * corpus.Length + pos + 1];
                tokens[line * length + pos] = all[line * corpus.Length + pos];
                targets[line * length + pos] = next == corpus.Vocabulary.PadId ? NoTarget : next;
            }

            lengths[line] = LengthOf(targets.AsSpan(line * length, length));
        }

        return new TrainingRows(device, length, tokens, targets, lengths);
    }

    /// <summary>After each clean prompt its answer is to be predicted, and nothing else.</summary>
    /// <param name="pairs">With one answer each; only clean prompts and these are used. Shorter prompts are padded on the right, where no position of theirs looks.</param>
    /// <param name="device">Where the rows go.</param>
    /// <exception cref="ArgumentException">A prompt has not exactly one answer.</exception>
    public static TrainingRows OfPrompts(EncodedPairs pairs, Device device)
    {
        int length = Enumerable.Range(0, pairs.Count).Max(row => pairs[row].Clean.Length);
        long[] tokens = new long[pairs.Count * length];
        long[] targets = new long[tokens.Length];
        int[] lengths = new int[pairs.Count];
        Array.Fill(targets, NoTarget);
        for (int row = 0; row < pairs.Count; row++)
        {
            EncodedPair pair = pairs[row];
            lengths[row] = pair.Clean.Length;
            for (int pos = 0; pos < pair.Clean.Length; pos++)
            {
                tokens[row * length + pos] = pair.Clean[pos];
            }

            targets[row * length + pair.AnswerPosition] = pair.Answers is [int answer]
                ? answer
                : throw new ArgumentException(
                    $"Prompt {row + 1} has {pair.Answers.Length} answers, but training needs exactly one."
                );
        }

        return new TrainingRows(device, length, tokens, targets, lengths);
    }

    /// <summary>
    /// After each clean prompt its answer is to be predicted, and after that an end of text as often as a row has places left: the loss of
    /// the code of Wang et al. 2025 (arXiv:2502.11812), whose padding is the end of text and is not masked.
    /// </summary>
    /// <param name="pairs">With one answer each; only clean prompts and these are used.</param>
    /// <param name="length">Tokens of a row, prompt, answer and padding together.</param>
    /// <param name="endId">The token that ends a text.</param>
    /// <param name="device">Where the rows go.</param>
    /// <exception cref="ArgumentException">A prompt leaves no place for its answer, or has not exactly one.</exception>
    public static TrainingRows OfPaddedPrompts(EncodedPairs pairs, int length, int endId, Device device)
    {
        long[] tokens = new long[pairs.Count * length];
        long[] targets = new long[tokens.Length];
        Array.Fill(tokens, endId);
        Array.Fill(targets, endId);
        for (int row = 0; row < pairs.Count; row++)
        {
            EncodedPair pair = pairs[row];
            int place = pair.AnswerPosition;
            if (place + 1 >= length)
            {
                throw new ArgumentException(
                    $"Prompt {row + 1} has {pair.Clean.Length} tokens, but a row of {length} must hold its answer too."
                );
            }

            for (int pos = 0; pos <= place; pos++)
            {
                tokens[row * length + pos] = pair.Clean[pos];
                targets[row * length + pos] = NoTarget;
            }

            targets[row * length + place] = tokens[row * length + place + 1] = pair.Answers is [int answer]
                ? answer
                : throw new ArgumentException(
                    $"Prompt {row + 1} has {pair.Answers.Length} answers, but training needs exactly one."
                );
        }

        int[] lengths = new int[pairs.Count];
        Array.Fill(lengths, length);
        return new TrainingRows(device, length, tokens, targets, lengths);
    }

    /// <summary>Does nothing: the rows lie where no one need free them.</summary>
    public void Dispose() { }

    /// <summary>Tokens of some of the rows, without padding.</summary>
    /// <param name="rows">Their numbers.</param>
    internal int RealTokens(ReadOnlySpan<long> rows)
    {
        int sum = 0;
        foreach (long row in rows)
        {
            sum += _lengths[row];
        }

        return sum;
    }

    /// <summary>Parts of a batch of about equally many rows, those of similar length together, so that little padding is computed.</summary>
    /// <param name="rows">Their numbers.</param>
    /// <param name="parts">At least 1; fewer come where there are fewer rows.</param>
    internal long[][] Split(long[] rows, int parts) =>
        parts == 1 ? [rows] : [.. rows.OrderBy(row => _lengths[row]).Chunk((rows.Length + parts - 1) / parts)];

    /// <summary>Some of the rows, as one pass takes them.</summary>
    /// <param name="rows">Their numbers.</param>
    internal RowBatch Take(long[] rows) => RowBatch.Of([(this, rows)]);

    /// <summary>A row's tokens without padding.</summary>
    internal ReadOnlySpan<long> Tokens(long row) => Row(_tokens, row);

    /// <summary>What should follow each of them, or <see cref="NoTarget"/>.</summary>
    internal ReadOnlySpan<long> Targets(long row) => Row(_targets, row);

    private int Labels(int row)
    {
        ReadOnlySpan<long> targets = Targets(row);
        return targets.Length - targets.Count(NoTarget);
    }

    private ReadOnlySpan<long> Row(long[] all, long row) => all.AsSpan((int)row * Length, _lengths[row]);

    private static int LengthOf(ReadOnlySpan<long> targets) => targets.LastIndexOfAnyExcept(NoTarget) + 1;
}

/// <summary>Which rows each step takes: every row once in a random order, then again in another one.</summary>
internal sealed class RowOrder(int rows, SeededRandom random)
{
    private readonly Queue<long> _left = new();
    private int _round;

    internal long[] Next(int batch)
    {
        long[] taken = new long[batch];
        for (int i = 0; i < batch; i++)
        {
            if (_left.Count == 0)
            {
                Refill();
            }

            taken[i] = _left.Dequeue();
        }

        return taken;
    }

    private void Refill()
    {
        foreach (int row in random.Derive($"round {_round++}").Shuffled(Enumerable.Range(0, rows)))
        {
            _left.Enqueue(row);
        }
    }
}
