using System.Text.Json;

namespace CircuitPipeline.Circuits;

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
    /// <exception cref="InvalidConfigException">The file is missing, damaged or describes what cannot be built.</exception>
    public static TransformerConfig Read(string file)
    {
        var path = Directory.Exists(file) ? Path.Combine(file, "config.json") : file;
        if (!File.Exists(path))
        {
            throw new InvalidConfigException($"{path}: there is no such file; a model folder holds a 'config.json'.");
        }
        try
        {
            return new FileInfo(path).Length is > LargestBytes and var bytes
                ? throw new InvalidConfigException(
                    $"{path}: the file has '{bytes}' bytes, but at most {LargestBytes} are read."
                )
                : Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigException(
                $"{path}: the file cannot be read ({ConfigFields.Shortened(cause.Message).TrimEnd('.')}).",
                cause
            );
        }
    }

    /// <summary>Reads the bytes of a <c>config.json</c>.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <returns>The transformer's shape.</returns>
    /// <exception cref="InvalidConfigException">The text is damaged or describes what cannot be built.</exception>
    public static TransformerConfig Parse(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var fields = new ConfigFields(document.RootElement, source);
            var config = fields.Text("model_type") switch
            {
                NeoX => NeoXConfig.Read(fields),
                Gpt2 => Gpt2Config.Read(fields),
                null => throw fields.Error($"'model_type' is missing; '{NeoX}' or '{Gpt2}' is allowed."),
                var family => throw new UnknownModelFamilyException(source, family),
            };
            return config.Problems().FirstOrDefault() is string problem ? throw fields.Error(problem) : config;
        }
        catch (JsonException cause)
        {
            var place = cause.LineNumber is long line ? $" (line {line + 1}, byte {cause.BytePositionInLine + 1})" : "";
            throw new InvalidConfigException($"{source}: this is not one JSON object with unique keys{place}.", cause);
        }
        catch (InvalidOperationException cause)
        {
            throw new InvalidConfigException($"{source}: a text in this file is not valid Unicode.", cause);
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
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
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
