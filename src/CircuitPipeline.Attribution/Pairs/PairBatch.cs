using CircuitPipeline.Models;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Pairs;

/// <summary>
/// Some pairs as tensors, padded right to the longest: no token looks to its right, so padding changes nothing before it.
/// Positions count from behind the <see cref="Prefix"/>.
/// </summary>
/// <param name="Rows">Their places among all pairs, from 0.</param>
/// <param name="Clean">Token ids, <c>[batch, pos]</c>, Int64.</param>
/// <param name="Corrupted">Token ids, <c>[batch, pos]</c>, Int64.</param>
/// <param name="AnswerPositions">Where the answers are asked for, by example.</param>
/// <param name="Lengths">Tokens without padding, by example.</param>
/// <param name="Answers">What the metric compares.</param>
internal sealed record PairBatch(
    int[] Rows,
    Tensor Clean,
    Tensor Corrupted,
    int[] AnswerPositions,
    int[] Lengths,
    Answers Answers
)
{
    /// <summary>What all of these prompts' tokens follow; null when they are the whole prompts.</summary>
    internal SharedPrefix? Prefix { get; init; }

    internal long Count => Rows.Length;

    internal long Positions => Clean.size(1);

    /// <summary>1 for a token and 0 for padding, <c>[batch, pos]</c>.</summary>
    internal Tensor Mask(ScalarType type)
    {
        Tensor places = Numbers.Range(0, Positions, Clean.device).unsqueeze(0); // [1, pos]
        Tensor lengths = tensor([.. Lengths.Select(length => (long)length)], [Count, 1], device: Clean.device);
        return places.lt(lengths).to(type);
    }

    /// <summary>The same as <see cref="AtAnswer"/>, as one position: <c>[variant * batch, 1, d]</c>.</summary>
    internal Tensor OnlyAnswer(Tensor activations) => AtAnswer(activations).unsqueeze(1);

    /// <summary>Values at the answer positions, and 0 at all others.</summary>
    /// <param name="answers"><c>[variant * batch, 1, d]</c>, variants of this batch in a row.</param>
    /// <returns><c>[variant * batch, pos, d]</c>.</returns>
    internal Tensor FromAnswer(Tensor answers)
    {
        Tensor places = Numbers.Range(0, Positions, answers.device).unsqueeze(0); // [1, pos]
        long[] asked = [.. AnswerPositions.Select(position => (long)position)];
        Tensor mask = places.eq(tensor(asked, [Count, 1], device: answers.device)).unsqueeze(2); // [batch, pos, 1]
        return (answers.unflatten(0, -1, Count) * mask.to(answers.dtype)).flatten(0, 1);
    }

    /// <summary>The answer positions of activations.</summary>
    /// <param name="activations"><c>[variant * batch, pos, d]</c>, variants of this batch in a row.</param>
    /// <returns><c>[variant * batch, d]</c>.</returns>
    internal Tensor AtAnswer(Tensor activations)
    {
        if (AnswerPositions.All(position => position == AnswerPositions[0]))
        {
            return activations.select(1, AnswerPositions[0]);
        }

        (long rows, long width) = (activations.size(0), activations.size(2));
        long[] places = [.. AnswerPositions.Select(position => (long)position)];
        Tensor index = tensor(places, [Count, 1, 1], device: activations.device).repeat(rows / Count, 1, width);
        return activations.gather(1, index).squeeze(1);
    }
}

/// <summary>
/// Runs once, and then leaves out, the positions before the first at which the clean and corrupted prompts of a batch differ.
/// </summary>
/// <remarks>
/// With causal attention all activations there are equal in the clean, the corrupted and every patched or interpolated run, so
/// their differences are 0 and drop out of every sum; what later positions need of them are keys and values. This holds for
/// patching only: zeros and means differ from the clean outputs at every position.
/// </remarks>
internal static class SharedStart
{
    /// <summary>The batch behind so many positions, which must not hold an answer position.</summary>
    internal static PairBatch Cut(Transformer model, PairBatch batch, int length)
    {
        if (length == 0)
        {
            return batch;
        }

        using IDisposable frozen = no_grad();
        Tensor start = batch.Clean.narrow(1, 0, length); // [batch, prefix]
        long rest = batch.Positions - length;
        return batch with
        {
            Clean = batch.Clean.narrow(1, length, rest),
            Corrupted = batch.Corrupted.narrow(1, length, rest),
            AnswerPositions = [.. batch.AnswerPositions.Select(position => position - length)],
            Lengths = [.. batch.Lengths.Select(tokens => tokens - length)],
            Prefix = PrefixOf(model, start),
        };
    }

    // The tokens that all prompts share are run for one of them, those up to the first difference for each.
    private static SharedPrefix PrefixOf(Transformer model, Tensor start)
    {
        long length = start.size(1);
        bool[] isCommon = start.eq(start.narrow(0, 0, 1)).all(0).cpu().data<bool>().ToArray(); // [prefix]
        int common = Array.IndexOf(isCommon, false) is >= 0 and int other ? other : isCommon.Length;
        SharedPrefix? shared = common == 0 ? null : model.Prefix(start.narrow(0, 0, 1).narrow(1, 0, common));
        return common < length ? model.Prefix(start.narrow(1, common, length - common), shared) : shared!;
    }
}
