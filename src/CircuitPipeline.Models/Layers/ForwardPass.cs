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
    /// <summary>
    /// Picks the positions that are asked for, <c>[batch, pos, d_model]</c> to <c>[batch, 1, d_model]</c>: behind the last
    /// block's attention no position reads another, so the rest goes on with these alone. Null: with all.
    /// </summary>
    internal Func<Tensor, Tensor>? Asked { get; init; }

    /// <summary>Where the first token stands in its prompt.</summary>
    internal long FirstPosition => Prefix?.Length ?? 0;
}
