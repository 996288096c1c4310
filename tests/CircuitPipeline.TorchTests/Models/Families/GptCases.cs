namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>GPT-NeoX, GPT-2, GPT-Neo, OPT; a base holds sizes alone, so that every other key has its class's default.</summary>
internal static class GptCases
{
    private const string NeoX = """
        "model_type": "gpt_neox", "vocab_size": 13, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
        "intermediate_size": 20, "max_position_embeddings": 24
        """;

    private const string Gpt2 = """
        "model_type": "gpt2", "vocab_size": 11, "n_embd": 12, "n_layer": 2, "n_head": 3, "n_positions": 24
        """;

    private const string Neo = """
        "model_type": "gpt_neo", "vocab_size": 17, "hidden_size": 12, "num_layers": 3, "num_heads": 3,
        "max_position_embeddings": 24, "window_size": 3, "attention_types": [[["global", "local"], 1], [["global"], 1]]
        """;

    private const string Opt = """
        "model_type": "opt", "vocab_size": 19, "hidden_size": 12, "num_hidden_layers": 2, "num_attention_heads": 3,
        "ffn_dim": 20, "max_position_embeddings": 24
        """;

    internal static KeyValuePair<string, string>[] All { get; } =
    [
        FamilyCases.Of("neox-defaults", NeoX),
        FamilyCases.Of("neox-sequential", NeoX, """ "use_parallel_residual": false, "rotary_pct": 0.5 """),
        FamilyCases.Of("neox-full-rotary", NeoX, """ "rotary_pct": 1.0, "rotary_emb_base": 500 """),
        FamilyCases.Of("neox-without-attention-bias", NeoX, """ "attention_bias": false """),
        FamilyCases.Of("neox-tied", NeoX, """ "tie_word_embeddings": true """),
        FamilyCases.Of("neox-gelu-tanh", NeoX, """ "hidden_act": "gelu_new", "layer_norm_eps": 0.001 """),
        FamilyCases.Of("neox-relu", NeoX, """ "hidden_act": "relu" """),
        FamilyCases.Of(
            "neox-linear-rotary",
            NeoX,
            """ "rotary_pct": 0.5, "rope_scaling": {"type": "linear", "factor": 4.0} """
        ),
        FamilyCases.Of(
            "neox-v5-rotary",
            NeoX,
            """ "rope_parameters": {"rope_type": "default", "rope_theta": 700, "partial_rotary_factor": 0.5} """
        ),
        FamilyCases.Of(
            "neox-v5-rotary-without-share",
            NeoX,
            """ "rope_parameters": {"rope_type": "default", "rope_theta": 700} """
        ),
        FamilyCases.Of("gpt2-defaults", Gpt2),
        FamilyCases.Of("gpt2-inner", Gpt2, """ "n_inner": 20, "layer_norm_epsilon": 0.001 """),
        FamilyCases.Of("gpt2-untied", Gpt2, """ "tie_word_embeddings": false """),
        FamilyCases.Of("gpt2-unscaled-attention", Gpt2, """ "scale_attn_weights": false """),
        FamilyCases.Of("gpt2-exact-gelu", Gpt2, """ "activation_function": "gelu" """),
        FamilyCases.Of("gpt2-relu", Gpt2, """ "activation_function": "relu" """),
        FamilyCases.Of("neo-windows", Neo),
        FamilyCases.Of(
            "neo-window-of-one",
            Neo,
            """ "window_size": 1, "attention_types": [[["local"], 2], [["global"], 1]], "intermediate_size": 20 """
        ),
        FamilyCases.Of(
            "neo-all-global",
            Neo,
            """ "attention_types": [[["global"], 3]], "layer_norm_epsilon": 0.001 """
        ),
        FamilyCases.Of("opt-defaults", Opt),
        FamilyCases.Of("opt-gelu", Opt, """ "activation_function": "gelu" """),
        FamilyCases.Of("opt-without-biases", Opt, """ "enable_bias": false """),
        FamilyCases.Of("opt-untied", Opt, """ "tie_word_embeddings": false """),
    ];
}
