using CircuitPipeline.Circuits.Config;

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

    /// <summary>Queries before their norm and the rotation, <c>[batch, pos, head, d_head]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string Query(int layer) => $"blocks.{layer}.attn.hook_q";

    /// <summary>Keys before their norm and the rotation, one for each query head, <c>[batch, pos, head, d_head]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string Key(int layer) => $"blocks.{layer}.attn.hook_k";

    /// <summary>Values, one for each query head, <c>[batch, pos, head, d_head]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string Value(int layer) => $"blocks.{layer}.attn.hook_v";

    /// <summary>Attention weights, <c>[batch, head, pos, pos]</c>: rows are queries and sum to 1.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string Pattern(int layer) => $"blocks.{layer}.attn.hook_pattern";

    /// <summary>Each head's mixed values, <c>[batch, pos, head, d_head]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string HeadZ(int layer) => $"blocks.{layer}.attn.hook_z";

    /// <summary>
    /// 1 / rms of the heads' sum, in families that norm it before they add it, <c>[batch, pos, 1]</c>; TransformerLens has the
    /// rms itself, as <c>ln1_post.hook_scale</c>.
    /// </summary>
    /// <param name="layer">The block, from 0.</param>
    public static string AttentionInverseScale(int layer) => $"blocks.{layer}.ln1_post.hook_inverse_scale";

    /// <summary>What the heads add to the residual stream, with the output bias, <c>[batch, pos, d_model]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string AttentionOutput(int layer) => $"blocks.{layer}.hook_attn_out";

    /// <summary>What the MLP reads after its norm, <c>[batch, pos, d_model]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string MlpInput(int layer) => $"blocks.{layer}.ln2.hook_normalized";

    /// <summary>The MLP's hidden layer after the activation, <c>[batch, pos, d_mlp]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string MlpHidden(int layer) => $"blocks.{layer}.mlp.hook_post";

    /// <summary>What the MLP adds to the residual stream, with its bias, <c>[batch, pos, d_model]</c>.</summary>
    /// <param name="layer">The block, from 0.</param>
    public static string MlpOutput(int layer) => $"blocks.{layer}.hook_mlp_out";

    /// <summary>All names of a model, in the order of the forward pass.</summary>
    /// <param name="config">The model's shape.</param>
    public static IEnumerable<string> All(TransformerConfig config) =>
        [
            Embed,
            .. Enumerable
                .Range(0, config.NLayers)
                .SelectMany(layer => OfBlock(layer, config.Family.NormsWhatIsWritten)),
            FinalNormalized,
        ];

    private static IEnumerable<string> OfBlock(int layer, bool hasScale) =>
        [
            ResidualBefore(layer),
            AttentionInput(layer),
            Query(layer),
            Key(layer),
            Value(layer),
            Pattern(layer),
            HeadZ(layer),
            .. hasScale ? [AttentionInverseScale(layer)] : (string[])[],
            AttentionOutput(layer),
            MlpInput(layer),
            MlpHidden(layer),
            MlpOutput(layer),
            ResidualAfter(layer),
        ];
}
