namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>How a family names its tensors: the prefixes that its files have or leave out, then the rest.</summary>
internal sealed record PlainNames(
    string[] Prefixes,
    string Layers,
    string FirstNorm,
    string SecondNorm,
    string FinalNorm,
    string Embedding,
    string Unembedding,
    string? Positions
)
{
    internal static PlainNames Of(string family) =>
        family switch
        {
            "gpt_neox" => new(
                ["gpt_neox."],
                "layers",
                "input_layernorm",
                "post_attention_layernorm",
                "final_layer_norm",
                "embed_in",
                "embed_out",
                null
            ),
            "gpt2" or "gpt_neo" => new(["transformer."], "h", "ln_1", "ln_2", "ln_f", "wte", "lm_head", "wpe"),
            "opt" => new(
                ["model.decoder.", "decoder."],
                "layers",
                "self_attn_layer_norm",
                "final_layer_norm",
                "final_layer_norm",
                "embed_tokens",
                "lm_head",
                "embed_positions"
            ),
            _ => new(
                ["model."],
                "layers",
                "input_layernorm",
                "post_attention_layernorm",
                "norm",
                "embed_tokens",
                "lm_head",
                null
            ),
        };

    internal string Layer(int layer) => $"{Layers}.{layer}";
}
