using CircuitPipeline.Models;
using CircuitPipeline.Tensors;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>A block's clean run, with what a patched head needs of it.</summary>
/// <param name="Block">The block.</param>
/// <param name="Heads">Queries, keys and values, 3 x <c>[batch, pos, head, d_head]</c>.</param>
/// <param name="HeadZ">Mixed values, <c>[batch, pos, head, d_head]</c>.</param>
/// <param name="Middle">The residual with the heads' results, <c>[batch, pos, d_model]</c>.</param>
/// <param name="MlpResidual">What the MLP reads before its norm, <c>[batch, pos, d_model]</c>.</param>
/// <param name="After">The residual after the block, <c>[batch, pos, d_model]</c>.</param>
internal sealed record CleanBlock(
    Block Block,
    Tensor[] Heads,
    Tensor HeadZ,
    Tensor Middle,
    Tensor MlpResidual,
    Tensor After
)
{
    internal static CleanBlock Of(Block block, Tensor residual, ForwardPass pass)
    {
        Tensor[] heads = block.Attention.Project(block.AttentionNorm.forward(residual));
        Tensor z = block.Attention.Mix(heads[0], heads[1], heads[2], pass);
        Tensor middle = residual.Plus(block.Attention.Combine(z));
        Tensor seen = block.IsParallel ? residual : middle;
        Tensor after = middle.Plus(block.Mlp.Forward(block.MlpNorm.forward(seen), pass));
        return new CleanBlock(block, heads, z, middle, seen, after);
    }

    /// <summary>Queries, keys and values for patched residuals, 3 x <c>[source * batch, pos, head, d_head]</c>.</summary>
    internal Tensor[] Project(Tensor patched) => Block.Attention.Project(Block.AttentionNorm.forward(patched));

    /// <summary>How each head's z changes when only one of its three inputs is patched, <c>[source * batch, pos, head, d_head]</c>.</summary>
    internal Tensor MixChange(Tensor[] patched, int input, ForwardPass pass)
    {
        long sources = patched[0].size(0) / HeadZ.size(0);
        Tensor[] heads = [.. Heads.Select((clean, i) => i == input ? patched[i] : clean.repeat(sources, 1, 1, 1))];
        return Block.Attention.Mix(heads[0], heads[1], heads[2], pass) - HeadZ.repeat(sources, 1, 1, 1);
    }
}
