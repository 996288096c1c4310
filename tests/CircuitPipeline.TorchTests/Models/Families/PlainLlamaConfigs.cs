namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The configurations of the families with RMSNorm, rotary positions and a gated MLP.</summary>
internal static class PlainLlamaConfigs
{
    internal static PlainConfig Llama(ConfigKeys keys) =>
        Read("llama", keys, (32000, 4096, 32, 32, 11008, 2048, 1e-6), null) with
        {
            MlpBias = keys.Flag("mlp_bias", false),
        };

    internal static PlainConfig Mistral(ConfigKeys keys)
    {
        PlainConfig config = Read("mistral", keys, (32000, 4096, 32, 32, 14336, 131072, 1e-6), 8);
        int? window = keys.IntOrNull("sliding_window", 4096);
        return config with
        {
            QueryKeyValueBias = false,
            AttentionOutputBias = false,
            Windows = [.. Enumerable.Repeat(window, config.Layers)],
        };
    }

    internal static PlainConfig Qwen2(ConfigKeys keys)
    {
        PlainConfig config = Read("qwen2", keys, (151936, 4096, 32, 32, 22016, 32768, 1e-6), 32);
        return config with
        {
            QueryKeyValueBias = true,
            AttentionOutputBias = false,
            Windows = PlainWindows.Qwen(keys, config.Layers),
        };
    }

    internal static PlainConfig Qwen3(ConfigKeys keys)
    {
        PlainConfig config = Read("qwen3", keys, (151936, 4096, 32, 32, 22016, 32768, 1e-6), 32, headDim: 128);
        return config with { Windows = PlainWindows.Qwen(keys, config.Layers) };
    }

    internal static PlainConfig Gemma2(ConfigKeys keys)
    {
        PlainConfig config = Read("gemma2", keys, (256000, 2304, 26, 8, 9216, 8192, 1e-6), 4, headDim: 256);
        double scale = Math.Pow(keys.Number("query_pre_attn_scalar", 256), -0.5);
        return config with
        {
            Activation = keys.Text("hidden_activation", "gelu_pytorch_tanh"),
            Tied = keys.Flag("tie_word_embeddings", true),
            AttentionScales = [.. Enumerable.Repeat(scale, config.Layers)],
            Windows = PlainWindows.Gemma2(keys, config.Layers),
            AttentionCap = keys.NumberOrNull("attn_logit_softcapping", 50),
            LogitCap = keys.NumberOrNull("final_logit_softcapping", 30),
            EmbeddingScale = Math.Sqrt(config.Hidden),
        };
    }

    internal static PlainConfig Olmo2(ConfigKeys keys) =>
        Read("olmo2", keys, (50304, 4096, 32, 32, 11008, 2048, 1e-5), null);

    private static PlainConfig Read(
        string family,
        ConfigKeys keys,
        (int Vocab, int Hidden, int Layers, int Heads, int Inner, int Positions, double Epsilon) missing,
        int? keyValueHeads,
        int? headDim = null
    )
    {
        int hidden = keys.Int("hidden_size", missing.Hidden);
        int layers = keys.Int("num_hidden_layers", missing.Layers);
        int heads = keys.Int("num_attention_heads", missing.Heads);
        int positions = keys.Int("max_position_embeddings", missing.Positions);
        int width = keys.IntOrNull("head_dim", headDim) ?? hidden / heads;
        bool attentionBias = keys.Flag("attention_bias", false);
        return new()
        {
            Family = family,
            Vocab = keys.Int("vocab_size", missing.Vocab),
            Hidden = hidden,
            Layers = layers,
            Heads = heads,
            KeyValueHeads = keys.IntOrNull("num_key_value_heads", keyValueHeads) ?? heads,
            HeadDim = width,
            Inner = keys.Int("intermediate_size", missing.Inner),
            MaxPositions = positions,
            Epsilon = keys.Number("rms_norm_eps", missing.Epsilon),
            Activation = keys.Text("hidden_act", "silu"),
            Tied = keys.Flag("tie_word_embeddings", false),
            QueryKeyValueBias = attentionBias,
            AttentionOutputBias = attentionBias,
            MlpBias = false,
            AttentionScales = [.. Enumerable.Repeat(1 / Math.Sqrt(width), layers)],
            Windows = new int?[layers],
            Rotary = PlainRotary.Read(keys, width, positions, "rope_theta", share: 1),
        };
    }
}
