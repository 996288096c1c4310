using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>What a metric compares, by example.</summary>
/// <param name="Clean">Ids of the clean prompts' answers, <c>[batch]</c>, Int64.</param>
/// <param name="Corrupted">Ids of the corrupted prompts' answers, <c>[batch]</c>, Int64.</param>
public sealed record Answers(Tensor Clean, Tensor Corrupted)
{
    /// <summary>The logits of the metric's reference run, <c>[batch, d_vocab]</c>; null when the metric needs none.</summary>
    public Tensor? ReferenceLogits { get; init; }

    /// <summary>The same examples so many times in a row, for runs that stack variants of one batch.</summary>
    internal Answers Repeated(long times) =>
        new(Clean.repeat(times), Corrupted.repeat(times)) { ReferenceLogits = ReferenceLogits?.repeat(times, 1) };
}
