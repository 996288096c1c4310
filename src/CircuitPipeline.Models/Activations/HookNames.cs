namespace CircuitPipeline.Models.Activations;

/// <summary>The names of the activations that can be read and replaced: TransformerLens' strings.</summary>
public static class HookNames
{
    /// <summary>Token embeddings, <c>[batch, pos, d_model]</c>.</summary>
    public const string Embed = "hook_embed";

    /// <summary>The last residual stream after the final norm, <c>[batch, pos, d_model]</c>.</summary>
    public const string FinalNormalized = "ln_final.hook_normalized";

    /// <summary>The residual stream before a block, <c>[batch, pos, d_model]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string ResidualBefore(int layer) => $"blocks.{layer}.hook_resid_pre";

    /// <summary>The residual stream after a block, <c>[batch, pos, d_model]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string ResidualAfter(int layer) => $"blocks.{layer}.hook_resid_post";

    /// <summary>What the heads read after the block's first norm, <c>[batch, pos, d_model]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string AttentionInput(int layer) => $"blocks.{layer}.ln1.hook_normalized";

    /// <summary>Queries before the rotation, <c>[batch, pos, head, d_head]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string Query(int layer) => $"blocks.{layer}.attn.hook_q";

    /// <summary>Keys before the rotation, <c>[batch, pos, head, d_head]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string Key(int layer) => $"blocks.{layer}.attn.hook_k";

    /// <summary>Values, <c>[batch, pos, head, d_head]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string Value(int layer) => $"blocks.{layer}.attn.hook_v";

    /// <summary>Attention weights, <c>[batch, head, pos, pos]</c>: rows are queries and sum to 1.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string Pattern(int layer) => $"blocks.{layer}.attn.hook_pattern";

    /// <summary>Each head's mixed values, <c>[batch, pos, head, d_head]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string HeadZ(int layer) => $"blocks.{layer}.attn.hook_z";

    /// <summary>The heads' sum with the output bias, <c>[batch, pos, d_model]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string AttentionOutput(int layer) => $"blocks.{layer}.hook_attn_out";

    /// <summary>What the MLP reads after its norm, <c>[batch, pos, d_model]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string MlpInput(int layer) => $"blocks.{layer}.ln2.hook_normalized";

    /// <summary>The MLP's hidden layer after the activation, <c>[batch, pos, d_mlp]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string MlpHidden(int layer) => $"blocks.{layer}.mlp.hook_post";

    /// <summary>The MLP's output with its bias, <c>[batch, pos, d_model]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string MlpOutput(int layer) => $"blocks.{layer}.hook_mlp_out";

    /// <summary>All names of a model with so many blocks, in the order of the forward pass.</summary>
    /// <param name="layers">Number of blocks.</param>
    public static IEnumerable<string> All(int layers) =>
        [Embed, .. Enumerable.Range(0, layers).SelectMany(OfBlock), FinalNormalized];

    private static IEnumerable<string> OfBlock(int layer) =>
        [
            ResidualBefore(layer),
            AttentionInput(layer),
            Query(layer),
            Key(layer),
            Value(layer),
            Pattern(layer),
            HeadZ(layer),
            AttentionOutput(layer),
            MlpInput(layer),
            MlpHidden(layer),
            MlpOutput(layer),
            ResidualAfter(layer),
        ];
}
