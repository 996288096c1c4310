namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>Small models whose files have the keys that published ones have, in the dialects of transformers 4 and 5.</summary>
internal static class PublishedCases
{
    private const string Sizes = """
        "vocab_size": 17, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
        "intermediate_size": 20, "max_position_embeddings": 32, "initializer_range": 0.02, "use_cache": true,
        "attention_dropout": 0.0, "rms_norm_eps": 1e-06, "bos_token_id": 1
        """;

    private const string V4 = "\"torch_dtype\": \"bfloat16\", \"transformers_version\": \"4.43.0.dev0\"";

    private const string V5 = "\"dtype\": \"bfloat16\", \"transformers_version\": \"5.0.0\"";

    internal static KeyValuePair<string, string>[] All { get; } =
    [
        FamilyCases.Of(
            "published-pythia",
            """
            "architectures": ["GPTNeoXForCausalLM"], "model_type": "gpt_neox", "bos_token_id": 0, "eos_token_id": 0,
            "hidden_act": "gelu", "hidden_size": 16, "initializer_range": 0.02, "intermediate_size": 64,
            "layer_norm_eps": 1e-05, "max_position_embeddings": 24, "num_attention_heads": 2, "num_hidden_layers": 2,
            "rotary_emb_base": 10000, "rotary_pct": 0.25, "tie_word_embeddings": false, "torch_dtype": "float16",
            "transformers_version": "4.24.0", "use_cache": true, "use_parallel_residual": true, "vocab_size": 13
            """
        ),
        FamilyCases.Of(
            "published-gpt2",
            """
            "activation_function": "gelu_new", "architectures": ["GPT2LMHeadModel"], "attn_pdrop": 0.1,
            "bos_token_id": 10, "embd_pdrop": 0.1, "eos_token_id": 10, "initializer_range": 0.02,
            "layer_norm_epsilon": 1e-05, "model_type": "gpt2", "n_ctx": 24, "n_embd": 12, "n_head": 3, "n_layer": 2,
            "n_positions": 24, "resid_pdrop": 0.1, "summary_activation": null, "summary_first_dropout": 0.1,
            "summary_proj_to_labels": true, "summary_type": "cls_index", "summary_use_proj": true,
            "task_specific_params": {"text-generation": {"do_sample": true, "max_length": 50}}, "vocab_size": 11
            """
        ),
        FamilyCases.Of(
            "published-gpt-neo",
            """
            "activation_function": "gelu_new", "architectures": ["GPTNeoForCausalLM"], "attention_dropout": 0,
            "attention_layers": ["global", "local"], "attention_types": [[["global", "local"], 1]], "bos_token_id": 16,
            "embed_dropout": 0, "eos_token_id": 16, "gradient_checkpointing": false, "hidden_size": 12,
            "initializer_range": 0.02, "intermediate_size": null, "layer_norm_epsilon": 1e-05,
            "max_position_embeddings": 24, "model_type": "gpt_neo", "num_heads": 3, "num_layers": 2, "resid_dropout": 0,
            "summary_activation": null, "summary_first_dropout": 0.1, "summary_proj_to_labels": true,
            "summary_type": "cls_index", "summary_use_proj": true, "tokenizer_class": "GPT2Tokenizer",
            "transformers_version": "4.9.0.dev0", "use_cache": true, "vocab_size": 17, "window_size": 5
            """
        ),
        FamilyCases.Of(
            "published-opt",
            """
            "activation_dropout": 0.0, "activation_function": "relu", "architectures": ["OPTForCausalLM"],
            "attention_dropout": 0.0, "bos_token_id": 2, "do_layer_norm_before": true, "dropout": 0.1,
            "eos_token_id": 2, "ffn_dim": 20, "hidden_size": 12, "init_std": 0.02, "layerdrop": 0.0,
            "max_position_embeddings": 24, "model_type": "opt", "num_attention_heads": 3, "num_hidden_layers": 2,
            "pad_token_id": 1, "prefix": "</s>", "torch_dtype": "float16", "transformers_version": "4.21.0.dev0",
            "use_cache": true, "vocab_size": 19, "word_embed_proj_dim": 12, "_remove_final_layer_norm": false
            """
        ),
        FamilyCases.Of(
            "published-llama",
            $$"""
            "architectures": ["LlamaForCausalLM"], "model_type": "llama", "attention_bias": false,
            "eos_token_id": [2, 3, 4], "head_dim": 8, "hidden_act": "silu", "mlp_bias": false, "pretraining_tp": 1,
            "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
              "original_max_position_embeddings": 16, "rope_type": "llama3"},
            "rope_theta": 100.0, "tie_word_embeddings": true, {{V4}}, {{Sizes}}
            """
        ),
        FamilyCases.Of(
            "published-llama-v5",
            $$"""
            "architectures": ["LlamaForCausalLM"], "model_type": "llama", "attention_bias": false, "eos_token_id": 2,
            "head_dim": 8, "hidden_act": "silu", "mlp_bias": false, "pretraining_tp": 1, "pad_token_id": null,
            "rope_parameters": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
              "original_max_position_embeddings": 16, "rope_theta": 100.0, "rope_type": "llama3"},
            "tie_word_embeddings": false, {{V5}}, {{Sizes}}
            """
        ),
        FamilyCases.Of(
            "published-mistral",
            $$"""
            "architectures": ["MistralForCausalLM"], "model_type": "mistral", "eos_token_id": 2, "hidden_act": "silu",
            "rope_theta": 10000.0, "sliding_window": 4, "tie_word_embeddings": false, {{V4}}, {{Sizes}}
            """
        ),
        FamilyCases.Of(
            "published-qwen2",
            $$"""
            "architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "eos_token_id": 2, "hidden_act": "silu",
            "max_window_layers": 1, "rope_theta": 1000000.0, "sliding_window": 4, "tie_word_embeddings": true,
            "use_mrope": false, "use_sliding_window": false, {{V4}}, {{Sizes}}
            """
        ),
        FamilyCases.Of(
            "published-qwen3",
            $$"""
            "architectures": ["Qwen3ForCausalLM"], "model_type": "qwen3", "attention_bias": false, "eos_token_id": 2,
            "head_dim": 6, "hidden_act": "silu", "max_window_layers": 2, "rope_scaling": null, "rope_theta": 1000000,
            "sliding_window": null, "tie_word_embeddings": true, "use_sliding_window": false, {{V4}}, {{Sizes}}
            """
        ),
        FamilyCases.Of(
            "published-qwen3-v5",
            $$"""
            "architectures": ["Qwen3ForCausalLM"], "model_type": "qwen3", "attention_bias": false, "eos_token_id": 2,
            "head_dim": 6, "hidden_act": "silu", "max_window_layers": 2, "sliding_window": null,
            "layer_types": ["full_attention", "full_attention"], "pad_token_id": null,
            "rope_parameters": {"rope_theta": 1000000, "rope_type": "default"}, "tie_word_embeddings": true,
            "use_sliding_window": false, {{V5}}, {{Sizes}}
            """
        ),
        FamilyCases.Of(
            "published-gemma2",
            $$"""
            "architectures": ["Gemma2ForCausalLM"], "model_type": "gemma2", "attention_bias": false,
            "attn_logit_softcapping": 50.0, "cache_implementation": "hybrid", "eos_token_id": 1,
            "final_logit_softcapping": 30.0, "head_dim": 6, "hidden_act": "gelu_pytorch_tanh",
            "hidden_activation": "gelu_pytorch_tanh", "pad_token_id": 0, "query_pre_attn_scalar": 6,
            "rope_theta": 10000.0, "sliding_window": 4, {{V4}}, {{Sizes}}
            """
        ),
        FamilyCases.Of(
            "published-gemma2-v5",
            $$"""
            "architectures": ["Gemma2ForCausalLM"], "model_type": "gemma2", "attention_bias": false,
            "attn_logit_softcapping": 50.0, "eos_token_id": 1, "final_logit_softcapping": 30.0, "head_dim": 6,
            "hidden_activation": "gelu_pytorch_tanh", "layer_types": ["sliding_attention", "full_attention"],
            "pad_token_id": 0, "query_pre_attn_scalar": 6, "sliding_window": 4, "tie_word_embeddings": true,
            "rope_parameters": {"rope_theta": 10000.0, "rope_type": "default"}, "use_bidirectional_attention": null,
            {{V5}}, {{Sizes}}
            """
        ),
        FamilyCases.Of(
            "published-olmo2",
            $$"""
            "architectures": ["Olmo2ForCausalLM"], "model_type": "olmo2", "attention_bias": false, "eos_token_id": 2,
            "hidden_act": "silu", "pad_token_id": 3, "rope_scaling": null, "rope_theta": 500000,
            "tie_word_embeddings": false, {{V4}}, {{Sizes}}
            """
        ),
    ];
}
