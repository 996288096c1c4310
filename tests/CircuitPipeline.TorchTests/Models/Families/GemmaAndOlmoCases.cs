namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>Gemma 2 and OLMo 2, which normalize after their parts.</summary>
internal static class GemmaAndOlmoCases
{
    private const string Sizes = """
        "vocab_size": 23, "hidden_size": 12, "num_attention_heads": 4, "intermediate_size": 20,
        "max_position_embeddings": 32
        """;

    private const string Gemma =
        "\"model_type\": \"gemma2\", \"num_hidden_layers\": 3, \"num_key_value_heads\": 2, \"head_dim\": 6, " + Sizes;

    private const string Olmo = "\"model_type\": \"olmo2\", \"num_hidden_layers\": 2, " + Sizes;

    internal static KeyValuePair<string, string>[] All { get; } =
    [
        // With the defaults 256 of head width and scalar, 4 key heads, caps 50 and 30, window 4096.
        FamilyCases.Of("gemma2-defaults", "\"model_type\": \"gemma2\", \"num_hidden_layers\": 2, " + Sizes),
        FamilyCases.Of("gemma2-windows", Gemma, """ "sliding_window": 3, "query_pre_attn_scalar": 6 """),
        FamilyCases.Of(
            "gemma2-tight-caps",
            Gemma,
            """ "query_pre_attn_scalar": 3, "attn_logit_softcapping": 0.7, "final_logit_softcapping": 1.5 """
        ),
        FamilyCases.Of(
            "gemma2-without-caps",
            Gemma,
            """ "query_pre_attn_scalar": 6, "attn_logit_softcapping": null, "final_logit_softcapping": null """
        ),
        FamilyCases.Of(
            "gemma2-listed-windows",
            Gemma,
            """
            "query_pre_attn_scalar": 6, "sliding_window": 2,
            "layer_types": ["full_attention", "sliding_attention", "sliding_attention"]
            """
        ),
        FamilyCases.Of("gemma2-without-window", Gemma, """ "sliding_window": null, "query_pre_attn_scalar": 6 """),
        FamilyCases.Of("gemma2-attention-biases", Gemma, """ "attention_bias": true, "query_pre_attn_scalar": 6 """),
        FamilyCases.Of("gemma2-untied", Gemma, """ "tie_word_embeddings": false, "rms_norm_eps": 0.001 """),
        FamilyCases.Of("gemma2-exact-gelu", Gemma, """ "hidden_activation": "gelu" """),
        FamilyCases.Of("olmo2-defaults", Olmo, """ "hidden_size": 16 """),
        FamilyCases.Of("olmo2-grouped", Olmo, """ "hidden_size": 16, "num_key_value_heads": 2 """),
        FamilyCases.Of("olmo2-wide-heads", Olmo, """ "head_dim": 6, "num_key_value_heads": 1, "rms_norm_eps": 1e-6 """),
        FamilyCases.Of("olmo2-attention-biases", Olmo, """ "hidden_size": 16, "attention_bias": true """),
        FamilyCases.Of("olmo2-tied", Olmo, """ "hidden_size": 16, "tie_word_embeddings": true """),
    ];
}
