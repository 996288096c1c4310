using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>What all blocks of one forward pass share.</summary>
/// <param name="Hooks">Which activations are read or replaced.</param>
/// <param name="Future">True where a query must not look, <c>[pos, pos]</c>.</param>
/// <param name="Cosine">Rotary cosines, <c>[pos, 1, rotary]</c>.</param>
/// <param name="Sine">Rotary sines, <c>[pos, 1, rotary]</c>.</param>
internal sealed record ForwardPass(ActivationHooks Hooks, Tensor Future, Tensor Cosine, Tensor Sine);
