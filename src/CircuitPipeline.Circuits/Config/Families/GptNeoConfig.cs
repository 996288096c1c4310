using System.Text.Json;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>The keys of <c>model_type: gpt_neo</c>. Defaults: Hugging Face's <c>GPTNeoConfig</c> (the 1.3B model).</summary>
internal sealed class GptNeoConfig : IFamilyConfig
{
    private const string Local = "local";
    private const string Global = "global";

    public string ModelType => FamilyTable.GptNeo.ModelType;

    public TransformerConfig Read(ConfigFields fields)
    {
        int layers = fields.Whole(24, "num_layers", "num_hidden_layers");
        int width = fields.Whole(2048, "hidden_size");
        return new TransformerConfig
        {
            Architecture = Architecture.GptNeo,
            NLayers = layers,
            NHeads = fields.Whole(16, "num_heads", "num_attention_heads"),
            DModel = width,
            DMlp = fields.WholeOrNull("intermediate_size") ?? (int)Math.Clamp(4L * width, int.MinValue, int.MaxValue),
            DVocab = fields.Whole(50257, "vocab_size"),
            NCtx = fields.Whole(2048, "max_position_embeddings"),
            RotaryPercent = 0,
            AttentionDivisor = 1,
            Window = SlidingWindow.Of(fields.Whole(256, "window_size"), LocalLayers(fields, layers)),
            NormEps = fields.Real(1e-5, "layer_norm_epsilon"),
            Activation = ActivationNames.Read(fields, "activation_function", "gelu_new"),
            TiedEmbeddings = fields.Flag(true, "tie_word_embeddings"),
            QueryKeyValueBias = false,
            InitializerRange = fields.Real(0.02, "initializer_range"),
            EosTokenId = fields.FirstToken("eos_token_id"),
        };
    }

    public void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteNumber("num_layers", config.NLayers);
        json.WriteNumber("num_heads", config.NHeads);
        json.WriteNumber("hidden_size", config.DModel);
        json.WriteNumber("intermediate_size", config.DMlp);
        json.WriteNumber("vocab_size", config.DVocab);
        json.WriteNumber("max_position_embeddings", config.NCtx);
        json.WriteNumber("window_size", config.Window?.Width ?? 256);
        json.WriteStartArray("attention_types");
        json.WriteStartArray();
        json.WriteStartArray();
        foreach (int layer in Enumerable.Range(0, config.NLayers))
        {
            json.WriteStringValue(config.Window?.IsLocal[layer] == true ? Local : Global);
        }

        json.WriteEndArray();
        json.WriteNumberValue(1);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteNumber("layer_norm_epsilon", config.NormEps);
        json.WriteString("activation_function", ActivationNames.Of(config.Activation));
        json.WriteBoolean("tie_word_embeddings", config.TiedEmbeddings);
        json.WriteNumber("initializer_range", config.InitializerRange);
    }

    // [[["global", "local"], 12]]: kinds of layers, and how often they follow each other. Some files have the layers beside it.
    private static bool[] LocalLayers(ConfigFields fields, int layers)
    {
        bool[] types = fields.Value("attention_types") is { } value
            ? Expanded(fields, value)
            : [.. Enumerable.Range(0, Math.Clamp(layers, 0, 1_024)).Select(layer => layer % 2 == 1)];
        bool[]? listed = fields.Texts("attention_layers") is { } names
            ? [.. names.Select(name => IsLocal(fields, name))]
            : null;
        if (listed is not null && fields.Value("attention_types") is not null && !listed.SequenceEqual(types))
        {
            throw fields.Error("'attention_types' and 'attention_layers' name different layers, but both must agree.");
        }

        bool[] found = listed ?? types;
        return found.Length == layers
            ? found
            : throw fields.Error(
                $"'{(listed is null ? "attention_types" : "attention_layers")}' names '{found.Length}' layers, but the model has '{layers}'."
            );
    }

    private static bool[] Expanded(ConfigFields fields, JsonElement groups)
    {
        List<bool> all = [];
        InvalidDataException error = fields.Error(
            $"'attention_types' must be a list such as [[[\"{Global}\", \"{Local}\"], 12]]: kinds of layers, and how often they follow each other."
        );
        if (groups.ValueKind != JsonValueKind.Array)
        {
            throw error;
        }

        foreach (JsonElement group in groups.EnumerateArray())
        {
            bool fits =
                group.ValueKind == JsonValueKind.Array
                && group.GetArrayLength() == 2
                && group[0].ValueKind == JsonValueKind.Array
                && group[0].EnumerateArray().All(kind => kind.ValueKind == JsonValueKind.String);
            if (
                !fits
                || group[1].ValueKind != JsonValueKind.Number
                || !group[1].TryGetInt32(out int times)
                || times < 0
                || (long)times * group[0].GetArrayLength() > 1_024
            )
            {
                throw error;
            }

            bool[] kinds = [.. group[0].EnumerateArray().Select(kind => IsLocal(fields, kind.GetString()!))];
            all.AddRange(Enumerable.Repeat(kinds, times).SelectMany(kind => kind));
        }

        return [.. all];
    }

    private static bool IsLocal(ConfigFields fields, string kind) =>
        kind switch
        {
            Local => true,
            Global => false,
            _ => throw fields.Error(
                $"'attention_types' has '{MessageText.OneLine(kind)}', but '{Global}' and '{Local}' are allowed."
            ),
        };
}
