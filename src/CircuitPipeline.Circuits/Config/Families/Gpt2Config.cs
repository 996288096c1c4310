using System.Text.Json;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>The keys of <c>model_type: gpt2</c>. Defaults: Hugging Face's <c>GPT2Config</c> (the small model).</summary>
internal sealed class Gpt2Config : IFamilyConfig
{
    public string ModelType => FamilyTable.Gpt2.ModelType;

    public TransformerConfig Read(ConfigFields fields)
    {
        fields.MustBe("scale_attn_by_inverse_layer_idx", false);
        fields.MustBe("add_cross_attention", false);
        int width = fields.Whole(768, "n_embd", "hidden_size");
        return new TransformerConfig
        {
            Architecture = Architecture.Gpt2,
            NLayers = fields.Whole(12, "n_layer", "num_hidden_layers"),
            NHeads = fields.Whole(12, "n_head", "num_attention_heads"),
            DModel = width,
            DMlp = fields.WholeOrNull("n_inner") ?? (int)Math.Clamp(4L * width, int.MinValue, int.MaxValue),
            DVocab = fields.Whole(50257, "vocab_size"),
            NCtx = fields.Whole(1024, "n_positions", "max_position_embeddings"),
            RotaryPercent = 0,
            AttentionDivisor = fields.Flag(true, "scale_attn_weights") ? null : 1,
            NormEps = fields.Real(1e-5, "layer_norm_epsilon"),
            Activation = ActivationNames.Read(fields, "activation_function", "gelu_new"),
            TiedEmbeddings = fields.Flag(true, "tie_word_embeddings"),
            InitializerRange = fields.Real(0.02, "initializer_range"),
            EosTokenId = fields.FirstToken("eos_token_id"),
        };
    }

    public void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteNumber("n_layer", config.NLayers);
        json.WriteNumber("n_head", config.NHeads);
        json.WriteNumber("n_embd", config.DModel);
        json.WriteNumber("n_inner", config.DMlp);
        json.WriteNumber("vocab_size", config.DVocab);
        json.WriteNumber("n_positions", config.NCtx);
        if (config.AttentionDivisor == 1)
        {
            json.WriteBoolean("scale_attn_weights", false);
        }

        json.WriteNumber("layer_norm_epsilon", config.NormEps);
        json.WriteString("activation_function", ActivationNames.Of(config.Activation));
        json.WriteBoolean("tie_word_embeddings", config.TiedEmbeddings);
        json.WriteNumber("initializer_range", config.InitializerRange);
    }
}
