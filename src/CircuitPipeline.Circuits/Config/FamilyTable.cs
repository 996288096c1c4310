using System.Collections.Immutable;

namespace CircuitPipeline.Circuits.Config;

/// <summary>The families' names, as in Hugging Face's modeling files of 2026.</summary>
internal static class FamilyTable
{
    public static ModelFamily NeoX { get; } =
        new()
        {
            Architecture = Architecture.GptNeoX,
            ModelType = "gpt_neox",
            ClassName = "GPTNeoXForCausalLM",
            Body = "gpt_neox",
            Unembedding = "embed_out",
            Embedding = "embed_in",
            FinalNorm = "final_layer_norm",
            AttentionNorm = "input_layernorm",
            MlpNorm = "post_attention_layernorm",
            Attention = "attention",
            Layout = QueryKeyValueLayout.HeadByHead,
            QueryKeyValue = ["query_key_value"],
            AttentionOutput = "dense",
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
        };

    public static ModelFamily Gpt2 { get; } =
        new()
        {
            Architecture = Architecture.Gpt2,
            ModelType = "gpt2",
            ClassName = "GPT2LMHeadModel",
            Body = "transformer",
            Unembedding = "lm_head",
            Embedding = "wte",
            Positions = "wpe",
            Blocks = "h",
            FinalNorm = "ln_f",
            AttentionNorm = "ln_1",
            MlpNorm = "ln_2",
            Attention = "attn",
            Layout = QueryKeyValueLayout.InputByInput,
            QueryKeyValue = ["c_attn"],
            AttentionOutput = "c_proj",
            MlpIn = "c_fc",
            MlpOut = "c_proj",
            DerivedBuffers = [".attn.bias", ".attn.masked_bias"],
            KeepsMapsTurned = true,
        };

    public static ModelFamily GptNeo { get; } =
        Gpt2 with
        {
            Architecture = Architecture.GptNeo,
            ModelType = "gpt_neo",
            ClassName = "GPTNeoForCausalLM",
            Attention = "attn.attention",
            Layout = QueryKeyValueLayout.Separate,
            QueryKeyValue = ["q_proj", "k_proj", "v_proj"],
            AttentionOutput = "out_proj",
            DerivedBuffers = [".attn.attention.bias", ".attn.attention.masked_bias"],
            KeepsMapsTurned = false,
        };

    public static ModelFamily Opt { get; } =
        new()
        {
            Architecture = Architecture.Opt,
            ModelType = "opt",
            ClassName = "OPTForCausalLM",
            Body = "model.decoder",
            Unembedding = "lm_head",
            Embedding = "embed_tokens",
            Positions = "embed_positions",
            FirstPosition = 2,
            FinalNorm = "final_layer_norm",
            AttentionNorm = "self_attn_layer_norm",
            MlpNorm = "final_layer_norm",
            Attention = "self_attn",
            AttentionOutput = "out_proj",
            Mlp = "",
            MlpIn = "fc1",
            MlpOut = "fc2",
            DerivedBuffers = [],
        };

    public static ModelFamily Llama { get; } =
        new()
        {
            Architecture = Architecture.Llama,
            ModelType = "llama",
            ClassName = "LlamaForCausalLM",
            Body = "model",
            Unembedding = "lm_head",
            Embedding = "embed_tokens",
            FinalNorm = "norm",
            Normalization = Normalization.Rms,
            AttentionNorm = "input_layernorm",
            MlpNorm = "post_attention_layernorm",
            Attention = "self_attn",
            AttentionOutput = "o_proj",
            MlpGate = "gate_proj",
            MlpIn = "up_proj",
            MlpOut = "down_proj",
        };

    public static ModelFamily Mistral { get; } =
        Llama with
        {
            Architecture = Architecture.Mistral,
            ModelType = "mistral",
            ClassName = "MistralForCausalLM",
        };

    public static ModelFamily Qwen2 { get; } =
        Llama with
        {
            Architecture = Architecture.Qwen2,
            ModelType = "qwen2",
            ClassName = "Qwen2ForCausalLM",
        };

    public static ModelFamily Qwen3 { get; } =
        Llama with
        {
            Architecture = Architecture.Qwen3,
            ModelType = "qwen3",
            ClassName = "Qwen3ForCausalLM",
            QueryKeyNorm = QueryKeyNorm.PerHead,
        };

    public static ModelFamily Gemma2 { get; } =
        Llama with
        {
            Architecture = Architecture.Gemma2,
            ModelType = "gemma2",
            ClassName = "Gemma2ForCausalLM",
            Normalization = Normalization.RmsOnePlus,
            AttentionPostNorm = "post_attention_layernorm",
            MlpNorm = "pre_feedforward_layernorm",
            MlpPostNorm = "post_feedforward_layernorm",
            ScalesEmbedding = true,
        };

    public static ModelFamily Olmo2 { get; } =
        Llama with
        {
            Architecture = Architecture.Olmo2,
            ModelType = "olmo2",
            ClassName = "Olmo2ForCausalLM",
            AttentionNorm = null,
            AttentionPostNorm = "post_attention_layernorm",
            MlpNorm = null,
            MlpPostNorm = "post_feedforward_layernorm",
            QueryKeyNorm = QueryKeyNorm.Whole,
        };

    // Last, since fields are filled in the order of the text.
    public static ImmutableArray<ModelFamily> All { get; } =
    [NeoX, Gpt2, GptNeo, Opt, Llama, Mistral, Qwen2, Qwen3, Gemma2, Olmo2];

    /// <summary>The same by the number of the architecture: a config asks for its family at every turn.</summary>
    public static ImmutableArray<ModelFamily> ByArchitecture { get; } =
    [.. All.OrderBy(family => (int)family.Architecture)];
}
