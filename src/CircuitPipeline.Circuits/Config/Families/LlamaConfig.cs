using System.Globalization;
using System.Text.Json;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>The keys of the families in Llama's form: Llama, Mistral, Qwen 2 and 3, Gemma 2, OLMo 2.</summary>
internal sealed class LlamaConfig(LlamaDefaults defaults) : IFamilyConfig
{
    private const int WindowWidth = 4096;
    private const int WindowedFrom = 28;

    public string ModelType => defaults.Family.ModelType;

    private bool IsGemma => defaults.Family.Architecture == Architecture.Gemma2;

    public TransformerConfig Read(ConfigFields fields)
    {
        int layers = fields.Whole(defaults.NLayers, "num_hidden_layers");
        int heads = fields.Whole(defaults.NHeads, "num_attention_heads");
        int width = fields.Whole(defaults.DModel, "hidden_size");
        int context = fields.Whole(defaults.NCtx, "max_position_embeddings");
        RotaryKeys rotary = RotaryKeys.Read(fields, context);
        // Two keys of published files that transformers does not read; other values would mean other rotations.
        fields.MustBe("use_mrope", false);
        fields.MustBe("rope_interleaved", false);
        bool attentionBias = defaults.HasAttentionBias && fields.Flag(false, "attention_bias");
        return new TransformerConfig
        {
            Architecture = defaults.Family.Architecture,
            NLayers = layers,
            NHeads = heads,
            NKeyValueHeads = KeyValueHeads(fields, heads),
            HeadWidth = HeadWidth(fields, width, heads),
            DModel = width,
            DMlp = fields.Whole(defaults.DMlp, "intermediate_size"),
            DVocab = fields.Whole(defaults.DVocab, "vocab_size"),
            NCtx = context,
            RotaryPercent = rotary.Percent,
            RotaryBase = rotary.Base,
            RotaryScaling = rotary.Scaling,
            Window = Window(fields, layers),
            AttentionDivisor = IsGemma ? Divisor(fields) : null,
            AttentionSoftCap = IsGemma ? Cap(fields, "attn_logit_softcapping", 50) : null,
            LogitSoftCap = IsGemma ? Cap(fields, "final_logit_softcapping", 30) : null,
            NormEps = fields.Real(defaults.NormEps, "rms_norm_eps"),
            Activation = Activation(fields),
            TiedEmbeddings = fields.Flag(defaults.TiedEmbeddings, "tie_word_embeddings"),
            QueryKeyValueBias = attentionBias || defaults.QueryKeyValueBias,
            AttentionOutputBias = attentionBias,
            MlpBias = defaults.HasMlpBias && fields.Flag(false, "mlp_bias"),
            InitializerRange = fields.Real(0.02, "initializer_range"),
            EosTokenId = fields.FirstToken("eos_token_id"),
        };
    }

    public void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteNumber("num_hidden_layers", config.NLayers);
        json.WriteNumber("num_attention_heads", config.NHeads);
        json.WriteNumber("num_key_value_heads", config.KeyValueHeads);
        json.WriteNumber("head_dim", config.DHead);
        json.WriteNumber("hidden_size", config.DModel);
        json.WriteNumber("intermediate_size", config.DMlp);
        json.WriteNumber("vocab_size", config.DVocab);
        json.WriteNumber("max_position_embeddings", config.NCtx);
        RotaryKeys.Write(json, config);
        WriteWindow(json, config);
        if (IsGemma)
        {
            json.WriteNumber("query_pre_attn_scalar", Scalar(config));
            WriteCap(json, "attn_logit_softcapping", config.AttentionSoftCap);
            WriteCap(json, "final_logit_softcapping", config.LogitSoftCap);
        }

        json.WriteNumber("rms_norm_eps", config.NormEps);
        json.WriteString(IsGemma ? "hidden_activation" : "hidden_act", ActivationName(config.Activation));
        json.WriteBoolean("tie_word_embeddings", config.TiedEmbeddings);
        if (defaults.HasAttentionBias)
        {
            json.WriteBoolean("attention_bias", config.AttentionOutputBias);
        }

        if (defaults.HasMlpBias)
        {
            json.WriteBoolean("mlp_bias", config.MlpBias);
        }

        json.WriteNumber("initializer_range", config.InitializerRange);
    }

    // A missing key is the class's default, null is one for each head.
    private int? KeyValueHeads(ConfigFields fields, int heads)
    {
        int found =
            fields.WholeOrNull("num_key_value_heads")
            ?? (fields.IsNull("num_key_value_heads") ? heads : defaults.NKeyValueHeads ?? heads);
        return found == heads ? null : found;
    }

    private int? HeadWidth(ConfigFields fields, int width, int heads)
    {
        int? found = fields.WholeOrNull("head_dim") ?? (fields.IsNull("head_dim") ? null : defaults.HeadWidth);
        return heads > 0 && (long?)found * heads == width ? null : found;
    }

    private SlidingWindow? Window(ConfigFields fields, int layers)
    {
        int? width = fields.IsNull("sliding_window") ? null : fields.Whole(WindowWidth, "sliding_window");
        switch (defaults.Window)
        {
            case WindowRule.None:
                // transformers reads these keys for no model of this form without a window.
                return fields.Value("sliding_window") is null
                    ? null
                    : throw fields.Error(
                        $"'sliding_window' is '{width}', but models of the family '{ModelType}' have no window; set it to null, or 'model_type' to a family with one, such as 'mistral'."
                    );
            case WindowRule.Late:
                int from = fields.Whole(WindowedFrom, "max_window_layers");
                bool isUsed = fields.Flag(false, "use_sliding_window");
                return isUsed || fields.Texts("layer_types")?.Contains(WindowKeys.Local) != true
                    ? WindowKeys.Read(fields, isUsed ? width : null, layers, layer => layer >= from)
                    : throw fields.Error(
                        $"'layer_types' has '{WindowKeys.Local}', but 'use_sliding_window' is false; set it to true, or every layer to '{WindowKeys.Global}'."
                    );
            default:
                return WindowKeys.Read(
                    fields,
                    width,
                    layers,
                    layer => defaults.Window == WindowRule.All || layer % 2 == 0
                );
        }
    }

    private void WriteWindow(Utf8JsonWriter json, TransformerConfig config)
    {
        if (defaults.Window == WindowRule.None)
        {
            return;
        }

        if (config.Window is { } window)
        {
            json.WriteNumber("sliding_window", window.Width);
        }
        else
        {
            json.WriteNull("sliding_window");
        }

        if (defaults.Window == WindowRule.Late)
        {
            json.WriteBoolean("use_sliding_window", config.Window is not null);
        }

        WindowKeys.WriteTypes(json, config);
    }

    private Activation Activation(ConfigFields fields)
    {
        if (!IsGemma)
        {
            return ActivationNames.Read(fields, "hidden_act", "silu");
        }

        Activation found = ActivationNames.Read(fields, "hidden_activation", "gelu_pytorch_tanh");
        return fields.Text("hidden_act") is { } older && older != ActivationName(found)
            ? throw fields.Error(
                $"'hidden_act' is '{MessageText.OneLine(older)}' and 'hidden_activation' is '{ActivationName(found)}', but Gemma 2 computes by the second; remove the first."
            )
            : found;
    }

    // Gemma's own files name the tanh formula so.
    private string ActivationName(Activation activation) =>
        IsGemma && activation == Config.Activation.GeluTanh ? "gelu_pytorch_tanh" : ActivationNames.Of(activation);

    private static double Divisor(ConfigFields fields)
    {
        double scalar = fields.Real(256, "query_pre_attn_scalar");
        return scalar > 0
            ? Math.Sqrt(scalar)
            : throw fields.Error(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'query_pre_attn_scalar' is '{scalar}', but it must be above 0."
                )
            );
    }

    // Null switches a cap off, a missing key does not.
    private static double? Cap(ConfigFields fields, string key, double missing) =>
        fields.IsNull(key) ? null : fields.Real(missing, key);

    private static void WriteCap(Utf8JsonWriter json, string key, double? cap)
    {
        if (cap is double bound)
        {
            json.WriteNumber(key, bound);
        }
        else
        {
            json.WriteNull(key);
        }
    }

    // What is read as a root must be written as the number whose root it is.
    private static double Scalar(TransformerConfig config)
    {
        double divisor = config.AttentionDivisor ?? Math.Sqrt(config.DHead);
        double square = divisor * divisor;
        double whole = Math.Round(square);
        return Math.Sqrt(whole) == divisor ? whole : square;
    }
}
