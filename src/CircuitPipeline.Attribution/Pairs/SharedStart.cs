using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

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
            return batch;
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
