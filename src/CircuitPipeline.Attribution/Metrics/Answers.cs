using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>The tokens that a metric compares, by example.</summary>
/// <param name="Clean">Ids of the clean prompts' answers, <c>[batch]</c>, Int64.</param>
/// <param name="Corrupted">Ids of the corrupted prompts' answers, <c>[batch]</c>, Int64.</param>
public sealed record Answers(Tensor Clean, Tensor Corrupted)
{
    /// <summary>The same examples so many times in a row, for runs that stack variants of one batch.</summary>
    internal Answers Repeated(long times) => new(Clean.repeat(times), Corrupted.repeat(times));
}
