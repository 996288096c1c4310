using System.Diagnostics;
using CircuitPipeline.Circuits.Config;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>What Hugging Face calls the parts of a model family, and how its checkpoints differ from the parameters here.</summary>
internal sealed record FamilyNames
{
    private static readonly FamilyNames NeoX = new()
    {
        Body = "gpt_neox",
        Unembedding = "embed_out",
        Embedding = "embed_in",
        Positions = "",
        Blocks = "layers",
        FinalNorm = "final_layer_norm",
        AttentionNorm = "input_layernorm",
        MlpNorm = "post_attention_layernorm",
        Attention = "attention",
        QueryKeyValue = "query_key_value",
        AttentionOutput = "dense",
        Mlp = "mlp",
        MlpIn = "dense_h_to_4h",
        MlpOut = "dense_4h_to_h",
        DerivedBuffers =
        [
            ".attention.bias",
            ".attention.masked_bias",
            ".rotary_emb.inv_freq", // of each attention in older versions, of the body in newer ones
            ".rotary_emb.cos_cached",
            ".rotary_emb.sin_cached",
        ],
        KeepsMapsTurned = false,
    };

    private static readonly FamilyNames Gpt2 = new()
    {
        Body = "transformer",
        Unembedding = "lm_head",
        Embedding = "wte",
        Positions = "wpe",
        Blocks = "h",
        FinalNorm = "ln_f",
        AttentionNorm = "ln_1",
        MlpNorm = "ln_2",
        Attention = "attn",
        QueryKeyValue = "c_attn",
        AttentionOutput = "c_proj",
        Mlp = "mlp",
        MlpIn = "c_fc",
        MlpOut = "c_proj",
        DerivedBuffers = [".attn.bias", ".attn.masked_bias"],
        KeepsMapsTurned = true,
    };

    internal required string Body { get; init; }

    internal required string Unembedding { get; init; }

    internal required string Embedding { get; init; }

    /// <summary>The table of learned positions; empty where the family has none.</summary>
    internal required string Positions { get; init; }

    internal required string Blocks { get; init; }

    internal required string FinalNorm { get; init; }

    internal required string AttentionNorm { get; init; }

    internal required string MlpNorm { get; init; }

    internal required string Attention { get; init; }

    internal required string QueryKeyValue { get; init; }

    internal required string AttentionOutput { get; init; }

    internal required string Mlp { get; init; }

    internal required string MlpIn { get; init; }

    internal required string MlpOut { get; init; }

    /// <summary>Ends of the names of buffers that older versions saved beside the weights; they follow from the configuration.</summary>
    internal required string[] DerivedBuffers { get; init; }

    /// <summary>Whether checkpoints keep the blocks' linear maps as <c>[in, out]</c> (GPT-2's Conv1D) and not <c>[out, in]</c>.</summary>
    internal required bool KeepsMapsTurned { get; init; }

    internal static FamilyNames Of(Architecture architecture) =>
        architecture switch
        {
            Architecture.GptNeoX => NeoX,
            Architecture.Gpt2 => Gpt2,
            _ => throw new UnreachableException(),
        };
}

/// <summary>A module whose parts are named by the model family, which no attribute on a field could do.</summary>
internal abstract class FamilyModule(string name) : nn.Module(name)
{
    /// <summary>Registers the parts in the order in which parameters are listed.</summary>
    protected void Register(params ReadOnlySpan<(string Name, nn.Module Part)> parts)
    {
        foreach ((string part, nn.Module module) in parts)
        {
            register_module(part, module);
        }
    }

    /// <summary>Does nothing: the names of the fields are no names of a checkpoint.</summary>
    protected override void RegisterComponents() { }
}
