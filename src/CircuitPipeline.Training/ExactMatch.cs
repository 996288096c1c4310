using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
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
        IEnumerable<IGrouping<(int Length, int Position), int>> byShape = Enumerable
            .Range(0, pairs.Count)
            .GroupBy(row => (pairs[row].Clean.Length, pairs[row].AnswerPosition));
        foreach (int[] rows in byShape.SelectMany(group => group.Chunk(Batch)))
        {
            bool[] answered = Answered(model, [.. rows.Select(row => pairs[row])]);
            for (int i = 0; i < rows.Length; i++)
            {
                right[rows[i]] = answered[i];
            }
        }

        return right;
    }

    // All prompts of a batch have one length and one answer position.
    private static bool[] Answered(Transformer model, EncodedPair[] rows)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        int length = rows[0].Clean.Length;
        long[] ids = [.. rows.SelectMany(row => row.Clean.Select(id => (long)id))];
        Tensor tokens = tensor(ids, [rows.Length, length], device: model.Device);
        Tensor last = model.Residual(tokens, ActivationHooks.None).select(1, rows[0].AnswerPosition); // [batch, d_model]
        Tensor guesses = model.Unembed(last, ActivationHooks.None).argmax(-1); // [batch]
        long[] guessed = guesses.cpu().data<long>().ToArray();
        return [.. rows.Zip(guessed, (row, guess) => row.Answers.Contains((int)guess))];
    }
}
