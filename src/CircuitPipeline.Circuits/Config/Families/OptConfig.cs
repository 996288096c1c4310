using System.Text.Json;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>The keys of <c>model_type: opt</c>. Defaults: Hugging Face's <c>OPTConfig</c> (the 125m model).</summary>
internal sealed class OptConfig : IFamilyConfig
{
    public string ModelType => FamilyTable.Opt.ModelType;

    public TransformerConfig Read(ConfigFields fields)
    {
        int width = fields.Whole(768, "hidden_size", "d_model");
        if (!fields.Flag(true, "do_layer_norm_before"))
        {
            throw fields.Error(
                "'do_layer_norm_before' is 'false', as in opt-350m, whose norms follow what they belong to, but only models with norms before attention and MLP can be computed."
            );
        }

        if (fields.WholeOrNull("word_embed_proj_dim") is int inner && inner != width)
        {
            throw fields.Error(
                $"'word_embed_proj_dim' is '{inner}', as in opt-350m, whose embeddings are projected, but only the width of the model, '{width}', can be computed."
            );
        }

        fields.MustBe("_remove_final_layer_norm", false);
        fields.MustBe("layer_norm_elementwise_affine", true);
        bool hasBias = fields.Flag(true, "enable_bias");
        return new TransformerConfig
        {
            Architecture = Architecture.Opt,
            NLayers = fields.Whole(12, "num_hidden_layers"),
            NHeads = fields.Whole(12, "num_attention_heads"),
            DModel = width,
            DMlp = fields.Whole(3072, "ffn_dim"),
            DVocab = fields.Whole(50272, "vocab_size"),
            NCtx = fields.Whole(2048, "max_position_embeddings"),
            RotaryPercent = 0,
            NormEps = 1e-5, // without a key
            Activation = ActivationNames.Read(fields, "activation_function", "relu"),
            TiedEmbeddings = fields.Flag(true, "tie_word_embeddings"),
            QueryKeyValueBias = hasBias,
            AttentionOutputBias = hasBias,
            MlpBias = hasBias,
            InitializerRange = fields.Real(0.02, "init_std"),
            EosTokenId = fields.FirstToken("eos_token_id"),
        };
    }

    public void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteNumber("num_hidden_layers", config.NLayers);
        json.WriteNumber("num_attention_heads", config.NHeads);
        json.WriteNumber("hidden_size", config.DModel);
        json.WriteNumber("word_embed_proj_dim", config.DModel);
        json.WriteNumber("ffn_dim", config.DMlp);
        json.WriteNumber("vocab_size", config.DVocab);
        json.WriteNumber("max_position_embeddings", config.NCtx);
        json.WriteString("activation_function", ActivationNames.Of(config.Activation));
        json.WriteBoolean("enable_bias", config.MlpBias);
        json.WriteBoolean("tie_word_embeddings", config.TiedEmbeddings);
        json.WriteNumber("init_std", config.InitializerRange);
    }
}
