using System.Text.Json;

namespace CircuitPipeline.Circuits.Config;

/// <summary>Reads and writes a model's <c>config.json</c> in the Hugging Face layout.</summary>
/// <remarks>
/// Missing keys take the defaults of Hugging Face's <c>GPTNeoXConfig</c> and <c>GPT2Config</c>, as a model saved by that
/// library leaves them out; keys that do not change the function (dropout, cache, tokens) are ignored; a setting that
/// would change it in a way that is not built (rotary scaling, cross attention) is an error.
/// </remarks>
public static class HuggingFaceConfig
{
    /// <summary>The largest file that is read, in bytes; real ones have one or two kilobytes.</summary>
    public const int LargestBytes = 1 << 20;

    private const string NeoX = "gpt_neox";
    private const string Gpt2 = "gpt2";

    /// <summary>The values of <c>model_type</c> that can be read.</summary>
    public static IReadOnlyList<string> Families { get; } = [NeoX, Gpt2];

    /// <summary>Reads a <c>config.json</c>.</summary>
    /// <param name="file">Path of the file, or of the model's folder.</param>
    /// <returns>The transformer's shape.</returns>
    /// <exception cref="InvalidDataException">The file is missing, damaged or describes what cannot be built.</exception>
    public static TransformerConfig Read(string file)
    {
        string path = Directory.Exists(file) ? Path.Combine(file, "config.json") : file;
        if (!File.Exists(path))
        {
            RefuseOther(path);
            throw new InvalidDataException($"{path}: there is no such file; a model folder holds a 'config.json'.");
        }
        try
        {
            return new FileInfo(path).Length is > LargestBytes and var bytes
                ? throw new InvalidDataException(
                    $"{path}: the file has '{bytes}' bytes, but at most {LargestBytes} are read."
                )
                : Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{path}: the file cannot be read ({MessageText.OneLine(cause.Message).TrimEnd('.')}).",
                cause
            );
        }
    }

    /// <summary>Reads the bytes of a <c>config.json</c>.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <returns>The transformer's shape.</returns>
    /// <exception cref="InvalidDataException">The text is damaged or describes what cannot be built.</exception>
    public static TransformerConfig Parse(ReadOnlyMemory<byte> json, string source)
    {
        json = JsonText.WithoutBom(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            ConfigFields fields = new(document.RootElement, source);
            TransformerConfig config = fields.Text("model_type") switch
            {
                NeoX => NeoXConfig.Read(fields),
                Gpt2 => Gpt2Config.Read(fields),
                null => throw fields.Error($"'model_type' is missing; '{NeoX}' or '{Gpt2}' is allowed."),
                var family => throw new InvalidDataException(
                    $"{source}: 'model_type' is '{MessageText.OneLine(family)}', but the families that can be read are "
                        + $"'{string.Join("', '", Families)}'."
                ),
            };
            return config.Problems().FirstOrDefault() is string problem ? throw fields.Error(problem) : config;
        }
        catch (JsonException cause)
        {
            JsonText.RefuseOther(json.Span, source);
            string place = cause.LineNumber is long line
                ? $" (line {line + 1}, byte {cause.BytePositionInLine + 1})"
                : "";
            throw new InvalidDataException($"{source}: this is not one JSON object with unique keys{place}.", cause);
        }
        catch (InvalidOperationException cause)
        {
            throw new InvalidDataException($"{source}: a text in this file is not valid Unicode.", cause);
        }
    }

    // Where the file would be there is something else.
    private static void RefuseOther(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"{path}: this is a folder, but a file is expected; name a model's folder.");
        }
        if (File.Exists(folder))
        {
            throw new InvalidDataException($"{folder}: this is a file, but a model is a folder; name its folder.");
        }
        if (File.Exists(Path.Combine(folder, "adapter_config.json")))
        {
            throw new InvalidDataException(
                $"{folder}: this is the folder of an adapter, which has no 'config.json'; name the folder of its base model, or of the model that it was merged into."
            );
        }
    }

    /// <summary>Writes a transformer's shape as <c>config.json</c>; reading it gives the same record.</summary>
    /// <param name="config">The shape, without <see cref="TransformerConfig.Problems"/>.</param>
    /// <returns>The file's bytes: UTF-8, fixed key order, two blanks of indentation, a final line end.</returns>
    public static byte[] Write(TransformerConfig config)
    {
        if (config.Problems().FirstOrDefault() is string problem)
        {
            throw new ArgumentException(problem, nameof(config));
        }
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            if (config.Architecture == Architecture.GptNeoX)
            {
                NeoXConfig.Write(json, config);
            }
            else
            {
                Gpt2Config.Write(json, config);
            }
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}

/// <summary>The keys of <c>model_type: gpt2</c>. Defaults: Hugging Face's <c>GPT2Config</c> (the small model).</summary>
internal static class Gpt2Config
{
    public static TransformerConfig Read(ConfigFields fields)
    {
        fields.MustBe("scale_attn_weights", true);
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
            ParallelBlocks = false,
            RotaryPercent = 0,
            LayerNormEps = fields.Real(1e-5, "layer_norm_epsilon"),
            Activation = ActivationNames.Read(fields, "activation_function", "gelu_new"),
            TiedEmbeddings = fields.Flag(true, "tie_word_embeddings"),
            AttentionBias = true,
            InitializerRange = fields.Real(0.02, "initializer_range"),
            EosTokenId = fields.FirstToken("eos_token_id"),
        };
    }

    public static void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteStartArray("architectures");
        json.WriteStringValue("GPT2LMHeadModel");
        json.WriteEndArray();
        json.WriteString("model_type", "gpt2");
        json.WriteNumber("n_layer", config.NLayers);
        json.WriteNumber("n_head", config.NHeads);
        json.WriteNumber("n_embd", config.DModel);
        json.WriteNumber("n_inner", config.DMlp);
        json.WriteNumber("vocab_size", config.DVocab);
        json.WriteNumber("n_positions", config.NCtx);
        json.WriteNumber("layer_norm_epsilon", config.LayerNormEps);
        json.WriteString("activation_function", ActivationNames.Of(config.Activation));
        json.WriteBoolean("tie_word_embeddings", config.TiedEmbeddings);
        json.WriteNumber("initializer_range", config.InitializerRange);
        if (config.EosTokenId is int eos)
        {
            json.WriteNumber("eos_token_id", eos);
        }
    }
}

/// <summary>The keys of <c>model_type: gpt_neox</c>. Defaults: Hugging Face's <c>GPTNeoXConfig</c> (the 20B model).</summary>
internal static class NeoXConfig
{
    public static TransformerConfig Read(ConfigFields fields)
    {
        ConfigFields? rope = fields.Inner("rope_parameters");
        RefuseScaling(fields.Inner("rope_scaling"), "rope_scaling");
        RefuseScaling(rope, "rope_parameters");
        return new TransformerConfig
        {
            Architecture = Architecture.GptNeoX,
            NLayers = fields.Whole(44, "num_hidden_layers"),
            NHeads = fields.Whole(64, "num_attention_heads"),
            DModel = fields.Whole(6144, "hidden_size"),
            DMlp = fields.Whole(24576, "intermediate_size"),
            DVocab = fields.Whole(50432, "vocab_size"),
            NCtx = fields.Whole(2048, "max_position_embeddings"),
            ParallelBlocks = fields.Flag(true, "use_parallel_residual"),
            RotaryPercent = One(fields, "rotary_pct", "partial_rotary_factor", rope, "partial_rotary_factor") ?? 0.25,
            RotaryBase = One(fields, "rotary_emb_base", "rope_theta", rope, "rope_theta") ?? 10_000,
            LayerNormEps = fields.Real(1e-5, "layer_norm_eps"),
            Activation = ActivationNames.Read(fields, "hidden_act", "gelu"),
            TiedEmbeddings = fields.Flag(false, "tie_word_embeddings"),
            AttentionBias = fields.Flag(true, "attention_bias"),
            InitializerRange = fields.Real(0.02, "initializer_range"),
            EosTokenId = fields.FirstToken("eos_token_id"),
        };
    }

    public static void Write(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteStartArray("architectures");
        json.WriteStringValue("GPTNeoXForCausalLM");
        json.WriteEndArray();
        json.WriteString("model_type", "gpt_neox");
        json.WriteNumber("num_hidden_layers", config.NLayers);
        json.WriteNumber("num_attention_heads", config.NHeads);
        json.WriteNumber("hidden_size", config.DModel);
        json.WriteNumber("intermediate_size", config.DMlp);
        json.WriteNumber("vocab_size", config.DVocab);
        json.WriteNumber("max_position_embeddings", config.NCtx);
        json.WriteBoolean("use_parallel_residual", config.ParallelBlocks);
        json.WriteNumber("rotary_pct", config.RotaryPercent);
        json.WriteNumber("rotary_emb_base", config.RotaryBase);
        json.WriteNumber("layer_norm_eps", config.LayerNormEps);
        json.WriteString("hidden_act", ActivationNames.Of(config.Activation));
        json.WriteBoolean("tie_word_embeddings", config.TiedEmbeddings);
        json.WriteBoolean("attention_bias", config.AttentionBias);
        json.WriteNumber("initializer_range", config.InitializerRange);
        if (config.EosTokenId is int eos)
        {
            json.WriteNumber("eos_token_id", eos);
        }
    }

    // rotary_pct and rotary_emb_base until transformers 4, rope_parameters since 5; some tools write the Llama names.
    private static double? One(ConfigFields fields, string old, string other, ConfigFields? rope, string now)
    {
        double? outer = fields.RealOrNull(old, other);
        double? inner = rope?.RealOrNull(now);
        return outer is double first && inner is double second && first != second
            ? throw fields.Error(
                $"'{old}' and 'rope_parameters.{now}' differ, but both name one setting and must agree."
            )
            : outer ?? inner;
    }

    private static void RefuseScaling(ConfigFields? rope, string key)
    {
        if ((rope?.Text("rope_type") ?? rope?.Text("type")) is string kind and not "default")
        {
            throw rope!.Error($"'{key}' asks for the rotary scaling '{kind}', but only 'default' can be computed.");
        }
    }
}
