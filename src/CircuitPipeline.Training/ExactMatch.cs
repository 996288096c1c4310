using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Training;

/// <summary>How often a model's most likely next token is an answer.</summary>
/// <param name="Correct">Prompts answered rightly.</param>
/// <param name="Total">Prompts asked.</param>
public sealed record ExactMatch(int Correct, int Total)
{
    private const int Batch = 512;

    /// <summary>Correct / total, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Asks every clean prompt and compares the most likely next token with the answers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">Only clean prompts and their answers are used.</param>
    public static ExactMatch Of(Transformer model, EncodedPairs pairs) =>
        new(Each(model, pairs).Count(isRight => isRight), pairs.Count);

    /// <summary>Whether the most likely next token is one of the answers, prompt by prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">Only clean prompts and their answers are used; where there is none, none is right.</param>
    /// <returns>In the order of the pairs.</returns>
    public static bool[] Each(Transformer model, EncodedPairs pairs)
    {
        bool[] right = new bool[pairs.Count];
        int[] byLength = [.. Enumerable.Range(0, pairs.Count).OrderBy(row => pairs[row].AnswerPosition)];
        foreach (int[] rows in byLength.Chunk(Batch))
        {
            bool[] answered = Answered(model, [.. rows.Select(row => pairs[row])]);
            for (int i = 0; i < rows.Length; i++)
            {
                right[rows[i]] = answered[i];
            }
        }

        return right;
    }

    // Of tokens up to the answer's place; what comes behind it cannot change the answer.
    private static bool[] Answered(Transformer model, EncodedPair[] rows)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        int[] lengths = [.. rows.Select(row => row.AnswerPosition + 1)];
        int pos = lengths.Max();
        long[] tokens = new long[rows.Length * pos];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int position = 0; position < lengths[row]; position++)
            {
                tokens[row * pos + position] = rows[row].Clean[position];
            }
        }

        TokenBatch batch = TokenBatch.Of(tokens, lengths, model.Device);
        long[] places = [.. lengths.Select((length, row) => batch.IndexOf(row, length - 1))];
        Tensor guesses = model.LogitsAt(batch, tensor(places, device: model.Device)).argmax(-1); // [row]
        long[] guessed = guesses.cpu().data<long>().ToArray();
        return [.. rows.Zip(guessed, (row, guess) => row.Answers.Contains((int)guess))];
    }
}
