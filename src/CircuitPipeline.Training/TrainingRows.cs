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

    private readonly Tensor _tokens; // [row, pos]
    private readonly Tensor _targets; // [row, pos]

    private TrainingRows(Tensor tokens, Tensor targets) => (_tokens, _targets) = (tokens, targets);

    /// <summary>Number of rows.</summary>
    public int Count => (int)_tokens.size(0);

    /// <summary>Tokens per row, padding included.</summary>
    public int Length => (int)_tokens.size(1);

    /// <summary>Every token of every line is to be predicted from those before it; padding is not.</summary>
    /// <param name="corpus">The lines.</param>
    /// <param name="device">Where the rows go.</param>
    public static TrainingRows OfCorpus(Corpus corpus, Device device)
    {
        int length = corpus.Length - 1;
        ReadOnlySpan<int> all = corpus.Tokens.Span;
        long[] tokens = new long[corpus.LineCount * length];
        long[] targets = new long[tokens.Length];
        for (int line = 0; line < corpus.LineCount; line++)
        {
            for (int pos = 0; pos < length; pos++)
            {
                int next = all[line * corpus.Length + pos + 1];
                tokens[line * length + pos] = all[line * corpus.Length + pos];
                targets[line * length + pos] = next == corpus.Vocabulary.PadId ? NoTarget : next;
            }
        }

        return new TrainingRows(
            tensor(tokens, [corpus.LineCount, length], device: device).DetachFromDisposeScope(),
            tensor(targets, [corpus.LineCount, length], device: device).DetachFromDisposeScope()
        );
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
        Array.Fill(targets, NoTarget);
        for (int row = 0; row < pairs.Count; row++)
        {
            EncodedPair pair = pairs[row];
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

        return new TrainingRows(
            tensor(tokens, [pairs.Count, length], device: device).DetachFromDisposeScope(),
            tensor(targets, [pairs.Count, length], device: device).DetachFromDisposeScope()
        );
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

        return new TrainingRows(
            tensor(tokens, [pairs.Count, length], device: device).DetachFromDisposeScope(),
            tensor(targets, [pairs.Count, length], device: device).DetachFromDisposeScope()
        );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tokens.Dispose();
        _targets.Dispose();
    }

    /// <summary>Some of the rows.</summary>
    /// <param name="rows">Their numbers.</param>
    /// <returns>Tokens and targets, both <c>[batch, pos]</c>, Int64.</returns>
    internal (Tensor Tokens, Tensor Targets) Take(long[] rows)
    {
        Tensor index = tensor(rows, device: _tokens.device);
        return (_tokens.index_select(0, index), _targets.index_select(0, index));
    }
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
