using System.Text.Json;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>The keys of <c>model_type: gpt_neox</c>. Defaults: Hugging Face's <c>GPTNeoXConfig</c> (the 20B model).</summary>
internal sealed class NeoXConfig : IFamilyConfig
{
    public string ModelType => FamilyTable.NeoX.ModelType;

    public TransformerConfig Read(ConfigFields fields)
    {
        ConfigFields? rope = RotaryKeys.Inner(fields, out _);
        int context = fields.Whole(2048, "max_position_embeddings");
        // rotary_emb_base until transformers 4, rope_parameters since 5; some tools write the Llama name. What stands inside counts.
        double? theta = fields.RealOrNull("rotary_emb_base", "rope_theta");
        bool attentionBias = fields.Flag(true, "attention_bias");
        return new TransformerConfig
        {
            Architecture = Architecture.GptNeoX,
            NLayers = fields.Whole(44, "num_hidden_layers"),
            NHeads = fields.Whole(64, "num_attention_heads"),
            DModel = fields.Whole(6144, "hidden_size"),
            DMlp = fields.Whole(24576, "intermediate_size"),
            DVocab = fields.Whole(50432, "vocab_size"),
            NCtx = context,
            ParallelBlocks = fields.Flag(true, "use_parallel_residual"),
            RotaryPercent = Share(fields, rope) ?? 0.25,
            RotaryBase = rope?.RealOrNull("rope_theta") ?? theta ?? 10_000,
            RotaryScaling = RotaryKeys.ScalingOf(fields, context),
            NormEps = fields.Real(1e-5, "layer_norm_eps"),
            Activation = ActivationNames.Read(fields, "hidden_act", "gelu"),
            TiedEmbeddings = fields.Flag(false, "tie_word_embeddings"),
            QueryKeyValueBias = attentionBias,
            AttentionOutputBias = attentionBias,
            InitializerRange = fields.Real(0.02, "initializer_range"),
            EosTokenId = fields.FirstToken("eos_token_id"),
        };
    }

    public void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteNumber("num_hidden_layers", config.NLayers);
        json.WriteNumber("num_attention_heads", config.NHeads);
        json.WriteNumber("hidden_size", config.DModel);
        json.WriteNumber("intermediate_size", config.DMlp);
        json.WriteNumber("vocab_size", config.DVocab);
        json.WriteNumber("max_position_embeddings", config.NCtx);
        json.WriteBoolean("use_parallel_residual", config.ParallelBlocks);
        json.WriteNumber("rotary_pct", config.RotaryPercent);
        json.WriteNumber("rotary_emb_base", config.RotaryBase);
        RotaryKeys.WriteScaling(json, config);
        json.WriteNumber("layer_norm_eps", config.NormEps);
        json.WriteString("hidden_act", ActivationNames.Of(config.Activation));
        json.WriteBoolean("tie_word_embeddings", config.TiedEmbeddings);
        json.WriteBoolean("attention_bias", config.QueryKeyValueBias);
        json.WriteNumber("initializer_range", config.InitializerRange);
    }

    // Versions of transformers differ on which of two shares counts, so two that differ are refused.
    private static double? Share(ConfigFields fields, ConfigFields? rope)
    {
        double? outer = fields.RealOrNull("rotary_pct", "partial_rotary_factor");
        double? inner = rope?.RealOrNull("partial_rotary_factor");
        return outer is double first && inner is double second && first != second
            ? throw fields.Error(
                "'rotary_pct' and 'rope_parameters.partial_rotary_factor' differ, but both name one setting and must agree."
            )
            : outer ?? inner;
    }
}
