namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The configurations of the families with LayerNorm and one matrix into the MLP.</summary>
internal static class PlainGptConfigs
{
    internal static PlainConfig GptNeoX(ConfigKeys keys)
    {
        (int hidden, int layers, int heads) = Sizes(keys, 6144, 44, 64);
        int positions = keys.Int("max_position_embeddings", 2048);
        bool bias = keys.Flag("attention_bias", true);
        return new()
        {
            Family = "gpt_neox",
            Vocab = keys.Int("vocab_size", 50432),
            Hidden = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = heads,
            HeadDim = hidden / heads,
            Inner = keys.Int("intermediate_size", 24576),
            MaxPositions = positions,
            Epsilon = keys.Number("layer_norm_eps", 1e-5),
            Activation = keys.Text("hidden_act", "gelu"),
            Tied = keys.Flag("tie_word_embeddings", false),
            QueryKeyValueBias = bias,
            AttentionOutputBias = bias,
            MlpBias = true,
            AttentionScales = [.. Enumerable.Repeat(1 / Math.Sqrt(hidden / heads), layers)],
            Windows = new int?[layers],
            Rotary = PlainRotary.Read(
                keys,
                hidden / heads,
                positions,
                "rotary_emb_base",
                keys.Number("rotary_pct", 0.25)
            ),
            IsParallel = keys.Flag("use_parallel_residual", true),
        };
    }

    internal static PlainConfig Gpt2(ConfigKeys keys)
    {
        (int hidden, int layers, int heads) = (
            keys.Int("n_embd", 768),
            keys.Int("n_layer", 12),
            keys.Int("n_head", 12)
        );
        double scale = keys.Flag("scale_attn_weights", true) ? 1 / Math.Sqrt(hidden / heads) : 1;
        bool byLayer = keys.Flag("scale_attn_by_inverse_layer_idx", false);
        return new()
        {
            Family = "gpt2",
            Vocab = keys.Int("vocab_size", 50257),
            Hidden = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = heads,
            HeadDim = hidden / heads,
            Inner = keys.IntOrNull("n_inner", null) ?? 4 * hidden,
            MaxPositions = keys.Int("n_positions", 1024),
            Epsilon = keys.Number("layer_norm_epsilon", 1e-5),
            Activation = keys.Text("activation_function", "gelu_new"),
            Tied = keys.Flag("tie_word_embeddings", true),
            QueryKeyValueBias = true,
            AttentionOutputBias = true,
            MlpBias = true,
            AttentionScales = [.. Enumerable.Range(0, layers).Select(layer => byLayer ? scale / (layer + 1) : scale)],
            Windows = new int?[layers],
        };
    }

    internal static PlainConfig GptNeo(ConfigKeys keys)
    {
        (int hidden, int layers, int heads) = (
            keys.Int("hidden_size", 2048),
            keys.Int("num_layers", 24),
            keys.Int("num_heads", 16)
        );
        return new()
        {
            Family = "gpt_neo",
            Vocab = keys.Int("vocab_size", 50257),
            Hidden = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = heads,
            HeadDim = hidden / heads,
            Inner = keys.IntOrNull("intermediate_size", null) ?? 4 * hidden,
            MaxPositions = keys.Int("max_position_embeddings", 2048),
            Epsilon = keys.Number("layer_norm_epsilon", 1e-5),
            Activation = keys.Text("activation_function", "gelu_new"),
            Tied = keys.Flag("tie_word_embeddings", true),
            QueryKeyValueBias = false,
            AttentionOutputBias = true,
            MlpBias = true,
            AttentionScales = [.. Enumerable.Repeat(1.0, layers)],
            Windows = PlainWindows.GptNeo(keys, layers),
        };
    }

    internal static PlainConfig Opt(ConfigKeys keys)
    {
        (int hidden, int layers, int heads) = Sizes(keys, 768, 12, 12);
        bool bias = keys.Flag("enable_bias", true);
        if (
            !keys.Flag("do_layer_norm_before", true)
            || !keys.Flag("layer_norm_elementwise_affine", true)
            || keys.Int("word_embed_proj_dim", hidden) != hidden
        )
        {
            throw new NotSupportedException(
                "OPT with norms after its parts, without weights of norms or with projections."
            );
        }

        return new()
        {
            Family = "opt",
            Vocab = keys.Int("vocab_size", 50272),
            Hidden = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = heads,
            HeadDim = hidden / heads,
            Inner = keys.Int("ffn_dim", 3072),
            MaxPositions = keys.Int("max_position_embeddings", 2048),
            Epsilon = 1e-5,
            Activation = keys.Text("activation_function", "relu"),
            Tied = keys.Flag("tie_word_embeddings", true),
            QueryKeyValueBias = bias,
            AttentionOutputBias = bias,
            MlpBias = bias,
            AttentionScales = [.. Enumerable.Repeat(1 / Math.Sqrt(hidden / heads), layers)],
            Windows = new int?[layers],
            HasFinalNorm = !keys.Flag("_remove_final_layer_norm", false),
        };
    }

    private static (int Hidden, int Layers, int Heads) Sizes(ConfigKeys keys, int hidden, int layers, int heads) =>
        (
            keys.Int("hidden_size", hidden),
            keys.Int("num_hidden_layers", layers),
            keys.Int("num_attention_heads", heads)
        );
}
