using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Some pairs of one length as tensors.</summary>
/// <param name="Rows">Their places among all pairs, from 0.</param>
/// <param name="Clean">Token ids, <c>[batch, pos]</c>, Int64.</param>
/// <param name="Corrupted">Token ids, <c>[batch, pos]</c>, Int64.</param>
/// <param name="Answers">What the metric compares.</param>
internal sealed record PairBatch(int[] Rows, Tensor Clean, Tensor Corrupted, Answers Answers)
{
    internal long Count => Rows.Length;

    internal long Positions => Clean.size(1);
}
