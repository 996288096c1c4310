using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>What all blocks of one forward pass share.</summary>
/// <param name="Hooks">Which activations are read or replaced.</param>
/// <param name="Future">True where a query must not look, <c>[pos, prefix + pos]</c>.</param>
/// <param name="Cosine">Rotary cosines, <c>[pos, 1, rotary]</c>.</param>
/// <param name="Sine">Rotary sines, <c>[pos, 1, rotary]</c>.</param>
/// <param name="Prefix">What the tokens before these have left; null when these are the first.</param>
internal sealed record ForwardPass(
    ActivationHooks Hooks,
    Tensor Future,
    Tensor Cosine,
    Tensor Sine,
    SharedPrefix? Prefix
)
{
    /// <summary>Where the first token stands in its prompt.</summary>
    internal long FirstPosition => Prefix?.Length ?? 0;
}
