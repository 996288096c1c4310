using System.Collections.Frozen;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>Keys of a <c>config.json</c> that do not change what a model computes from its tokens: they are passed over.</summary>
/// <remarks>
/// Names, versions and storage; training (dropout, initialization of parts that are drawn elsewhere, losses); generation of
/// texts; heads for other tasks; caches and kernels, which compute the same numbers. All other keys that a family's reader does
/// not know are refused.
/// </remarks>
internal static class KeysWithoutEffect
{
    public static FrozenSet<string> All { get; } =
        new[]
        {
            // Names, versions, storage.
            "_name_or_path",
            "_commit_hash",
            "architectures",
            "auto_map",
            "is_llama_config",
            "dtype",
            "model_type",
            "name_or_path",
            "tokenizer_class",
            "torch_dtype",
            "transformers_version",
            "unsloth_fixed",
            "unsloth_version",
            // Training.
            "activation_dropout",
            "attention_dropout",
            "attention_probs_dropout_prob",
            "attn_pdrop",
            "classifier_dropout",
            "dropout",
            "embd_pdrop",
            "embed_dropout",
            "gradient_checkpointing",
            "hidden_dropout",
            "hidden_dropout_prob",
            "init_std",
            "initializer_factor",
            "initializer_range",
            "layerdrop",
            "output_router_logits",
            "resid_dropout",
            "resid_pdrop",
            // Tokens and generation.
            "bad_words_ids",
            "begin_suppress_tokens",
            "bos_token_id",
            "decoder_start_token_id",
            "diversity_penalty",
            "do_sample",
            "early_stopping",
            "encoder_no_repeat_ngram_size",
            "eos_token_id",
            "exponential_decay_length_penalty",
            "forced_bos_token_id",
            "forced_eos_token_id",
            "length_penalty",
            "max_length",
            "min_length",
            "no_repeat_ngram_size",
            "num_beam_groups",
            "num_beams",
            "num_return_sequences",
            "pad_token_id",
            "prefix",
            "remove_invalid_values",
            "repetition_penalty",
            "sep_token_id",
            "suppress_tokens",
            "temperature",
            "top_k",
            "top_p",
            "typical_p",
            // Other tasks and forms of the answer.
            "finetuning_task",
            "id2label",
            "label2id",
            "num_labels",
            "output_attentions",
            "output_hidden_states",
            "output_scores",
            "predict_special_tokens",
            "problem_type",
            "return_dict",
            "return_dict_in_generate",
            "summary_activation",
            "summary_first_dropout",
            "summary_proj_to_labels",
            "summary_type",
            "summary_use_proj",
            "task_specific_params",
            // Kernels, caches, parts on several machines.
            "_attn_implementation",
            "_attn_implementation_autoset",
            "attn_implementation",
            "cache_implementation",
            "chunk_size_feed_forward",
            "is_decoder",
            "n_ctx",
            "pretraining_tp",
            "reorder_and_upcast_attn",
            "tf_legacy_loss",
            "tie_encoder_decoder",
            "torchscript",
            "use_bfloat16",
            "use_cache",
        }.ToFrozenSet(StringComparer.Ordinal);
}
