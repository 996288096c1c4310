using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Training;

/// <summary>How often a model's most likely next token is the answer.</summary>
/// <param name="Correct">Prompts answered rightly.</param>
/// <param name="Total">Prompts asked.</param>
public sealed record ExactMatch(int Correct, int Total)
{
    private const int Batch = 512;

    /// <summary>Correct / total, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Asks every clean prompt and compares the most likely next token with the answer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">At least one pair; only clean prompt and answer are used.</param>
    /// <param name="vocabulary">Encodes both; an answer is one token.</param>
    public static ExactMatch Of(Transformer model, IReadOnlyList<PromptPair> pairs, Vocabulary vocabulary)
    {
        ArgumentOutOfRangeException.ThrowIfZero(pairs.Count);
        return new ExactMatch(Each(model, pairs, vocabulary).Count(isRight => isRight), pairs.Count);
    }

    /// <summary>Whether the most likely next token is the answer, prompt by prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">Only clean prompt and answer are used.</param>
    /// <param name="vocabulary">Encodes both; an answer is one token.</param>
    /// <returns>In the order of the pairs.</returns>
    public static bool[] Each(Transformer model, IReadOnlyList<PromptPair> pairs, Vocabulary vocabulary)
    {
        bool[] right = new bool[pairs.Count];
        IEnumerable<IGrouping<int, (int place, int[] Prompt, int Answer)>> byLength = pairs
            .Select(
                (pair, place) =>
                    (place, Prompt: vocabulary.Encode(pair.Clean), Answer: vocabulary.Encode(pair.Answer).Single())
            )
            .GroupBy(row => row.Prompt.Length);
        foreach ((int place, int[] Prompt, int Answer)[]? rows in byLength.SelectMany(group => group.Chunk(Batch)))
        {
            bool[] answered = Answered(model, [.. rows.Select(row => (row.Prompt, row.Answer))]);
            for (int i = 0; i < rows.Length; i++)
            {
                right[rows[i].place] = answered[i];
            }
        }

        return right;
    }

    // All prompts of a batch have one length, so the answer position is the last one.
    private static bool[] Answered(Transformer model, (int[] Prompt, int Answer)[] rows)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        int length = rows[0].Prompt.Length;
        long[] ids = [.. rows.SelectMany(row => row.Prompt.Select(id => (long)id))];
        Tensor tokens = tensor(ids, [rows.Length, length], device: model.Device);
        Tensor answers = tensor(rows.Select(row => (long)row.Answer).ToArray(), device: model.Device);
        Tensor last = model.Residual(tokens, ActivationHooks.None).select(1, length - 1); // [batch, d_model]
        Tensor guesses = model.Unembed(last, ActivationHooks.None).argmax(-1); // [batch]
        return guesses.eq(answers).cpu().data<bool>().ToArray();
    }
}
