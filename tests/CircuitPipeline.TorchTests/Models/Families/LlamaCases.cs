namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>Llama, Mistral, Qwen 2 and 3; a base holds sizes alone, so that every other key has its class's default.</summary>
internal static class LlamaCases
{
    private const string Sizes = """
        "vocab_size": 17, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 20,
        "max_position_embeddings": 32
        """;

    private const string Llama = "\"model_type\": \"llama\", " + Sizes;

    private const string Mistral = "\"model_type\": \"mistral\", \"num_key_value_heads\": 2, " + Sizes;

    private const string Qwen2 = "\"model_type\": \"qwen2\", \"num_key_value_heads\": 2, " + Sizes;

    private const string Qwen3 = "\"model_type\": \"qwen3\", \"num_key_value_heads\": 2, \"head_dim\": 6, " + Sizes;

    // Frequencies 1 … theta^-.75: those of waves under 8 stay, those over 32 are slowed, theta 20 puts one between them.
    private const string Llama3 =
        "\"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0";

    internal static KeyValuePair<string, string>[] All { get; } =
    [
        FamilyCases.Of("llama-defaults", Llama),
        FamilyCases.Of("llama-grouped", Llama, """ "num_key_value_heads": 2 """),
        FamilyCases.Of("llama-one-key-head", Llama, """ "num_key_value_heads": 1, "rope_theta": 500000.0 """),
        FamilyCases.Of("llama-wide-heads", Llama, """ "head_dim": 10, "num_key_value_heads": 2 """),
        FamilyCases.Of("llama-head-dim-null", Llama, """ "head_dim": null, "num_key_value_heads": null """),
        FamilyCases.Of("llama-attention-biases", Llama, """ "attention_bias": true, "num_key_value_heads": 2 """),
        FamilyCases.Of("llama-mlp-biases", Llama, """ "mlp_bias": true, "rms_norm_eps": 0.001 """),
        FamilyCases.Of("llama-tied", Llama, """ "tie_word_embeddings": true """),
        FamilyCases.Of("llama-gelu", Llama, """ "hidden_act": "gelu" """),
        FamilyCases.Of(
            "llama-llama3-rotary",
            Llama,
            $$""" "head_dim": 8, "rope_theta": 20, "rope_scaling": { {{Llama3}}, "original_max_position_embeddings": 32 } """
        ),
        FamilyCases.Of(
            "llama-llama3-rotary-without-original",
            Llama,
            $$""" "head_dim": 8, "rope_theta": 20, "rope_scaling": { {{Llama3}} } """
        ),
        FamilyCases.Of("llama-linear-rotary", Llama, """ "rope_scaling": {"type": "linear", "factor": 2.5} """),
        FamilyCases.Of(
            "llama-v5-linear-rotary",
            Llama,
            """ "rope_parameters": {"rope_type": "linear", "factor": 2.5, "rope_theta": 300.0} """
        ),
        FamilyCases.Of(
            "llama-scaling-beats-parameters",
            Llama,
            """
            "rope_theta": 900.0, "rope_parameters": {"rope_type": "default", "rope_theta": 300.0},
            "rope_scaling": {"rope_type": "linear", "factor": 2.5, "rope_theta": 50.0}
            """
        ),
        FamilyCases.Of(
            "llama-empty-scaling",
            Llama,
            """ "rope_theta": 900.0, "rope_parameters": {"rope_theta": 300.0, "rope_type": "default"}, "rope_scaling": {} """
        ),
        FamilyCases.Of("mistral-window", Mistral, """ "sliding_window": 3 """),
        FamilyCases.Of("mistral-window-of-one", Mistral, """ "sliding_window": 1 """),
        FamilyCases.Of("mistral-without-window", Mistral, """ "sliding_window": null, "head_dim": 6 """),
        FamilyCases.Of("mistral-window-by-default", Mistral),
        FamilyCases.Of("mistral-key-heads-null", Mistral, """ "num_key_value_heads": null, "head_dim": null """),
        MistralWithoutKeyHeads(),
        FamilyCases.Of("qwen2-grouped", Qwen2),
        FamilyCases.Of("qwen2-tied", Qwen2, """ "tie_word_embeddings": true, "num_key_value_heads": 4 """),
        FamilyCases.Of(
            "qwen2-windows-from-a-layer-on",
            Qwen2,
            """ "num_hidden_layers": 3, "use_sliding_window": true, "sliding_window": 3, "max_window_layers": 1 """
        ),
        FamilyCases.Of(
            "qwen2-window-switched-off",
            Qwen2,
            """ "use_sliding_window": false, "sliding_window": 3, "max_window_layers": 0 """
        ),
        FamilyCases.Of(
            "qwen2-listed-windows",
            Qwen2,
            """
            "num_hidden_layers": 3, "use_sliding_window": true, "sliding_window": 2, "max_window_layers": 1,
            "layer_types": ["sliding_attention", "full_attention", "sliding_attention"]
            """
        ),
        FamilyCases.Of("qwen3-narrow-heads", Qwen3, """ "head_dim": 2 """),
        FamilyCases.Of("qwen3-head-dim-by-default", WithoutHeadDim(), """ "num_attention_heads": 2 """),
        FamilyCases.Of("qwen3-attention-biases", Qwen3, """ "attention_bias": true, "tie_word_embeddings": true """),
        FamilyCases.Of(
            "qwen3-windows",
            Qwen3,
            """ "num_hidden_layers": 3, "use_sliding_window": true, "sliding_window": 4, "max_window_layers": 2 """
        ),
    ];

    // The class's default is 8 key heads, whatever the number of heads.
    private static KeyValuePair<string, string> MistralWithoutKeyHeads() =>
        FamilyCases.Of(
            "mistral-eight-key-heads-by-default",
            Mistral.Replace("\"num_key_value_heads\": 2, ", ""),
            """ "num_attention_heads": 16, "head_dim": 2 """
        );

    private static string WithoutHeadDim() => Qwen3.Replace("\"head_dim\": 6, ", "");
}
