using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Activations;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>What all blocks of one forward pass share.</summary>
/// <param name="Hooks">Which activations are read or replaced.</param>
/// <param name="Future">True where no query may look, <c>[pos, prefix + pos]</c>.</param>
/// <param name="Rotary">By what queries and keys are turned; null where the family turns none.</param>
/// <param name="Prefix">What the tokens before these have left; null when these are the first.</param>
internal sealed record ForwardPass(ActivationHooks Hooks, Tensor Future, RotaryTables? Rotary, SharedPrefix? Prefix)
{
    /// <summary>
    /// Picks the positions that are asked for, <c>[batch, pos, width]</c> to <c>[batch, 1, width]</c> or to one row of all of them:
    /// behind the last block's attention no position reads another, so the rest goes on with these alone. Null: with all.
    /// </summary>
    internal Func<Tensor, Tensor>? Asked { get; init; }

    /// <summary>How the tokens lie in rows, by which attention goes; null where they lie by row already.</summary>
    internal TokenLayout? Layout { get; init; }

    /// <summary>Which layers see only the last tokens; null when all see all.</summary>
    internal SlidingWindow? Window { get; init; }

    /// <summary>As <see cref="Future"/>, and true where a query of a local layer may not look; null where no layer is local.</summary>
    internal Tensor? FutureOrFar { get; init; }

    /// <summary>Where the first token stands in its prompt.</summary>
    internal long FirstPosition => Prefix?.Length ?? 0;

    /// <summary>True where a query of a layer must not look, <c>[pos, prefix + pos]</c>.</summary>
    internal Tensor Hidden(int layer) => Window?.IsLocal[layer] == true ? FutureOrFar! : Future;
}

/// <summary>
/// Keys and values of tokens with which all prompts of a batch begin, or with which each begins that is run in variants: with
/// causal attention they depend on these tokens alone, so they are computed once.
/// </summary>
/// <param name="Length">Number of tokens.</param>
/// <param name="Keys">By layer, as attention compares them (rotated), <c>[1 or batch, prefix, head, d_head]</c>.</param>
/// <param name="Values">By layer, <c>[1 or batch, prefix, head, d_head]</c>.</param>
internal sealed record SharedPrefix(long Length, Tensor[] Keys, Tensor[] Values)
{
    /// <summary>A layer's keys and values of the whole prompts, 2 x <c>[batch, prefix + pos, head, d_head]</c>.</summary>
    /// <remarks>There may be several variants of the batch in a row, which share its prefix.</remarks>
    /// <param name="layer">The block, from 0.</param>
    /// <param name="key">Those of the tokens after the prefix, rotated, <c>[batch, pos, head, d_head]</c>.</param>
    /// <param name="value">Those of the tokens after the prefix, <c>[batch, pos, head, d_head]</c>.</param>
    internal (Tensor Key, Tensor Value) Before(int layer, Tensor key, Tensor value) =>
        (cat([Expanded(Keys[layer], key), key], 1), cat([Expanded(Values[layer], value), value], 1));

    private static Tensor Expanded(Tensor shared, Tensor own) =>
        shared.size(0) == 1
            ? shared.expand(own.size(0), -1, -1, -1)
            : shared.repeat(own.size(0) / shared.size(0), 1, 1, 1);
}
