using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Circuits.Config.Families;
using CircuitPipeline.Circuits.Files;

namespace CircuitPipeline.Circuits.Config;

/// <summary>Reads and writes a model's <c>config.json</c> in the Hugging Face layout.</summary>
/// <remarks>
/// Missing keys take the defaults of Hugging Face's class of the family, as a model saved by that library leaves them out. Keys
/// of transformers 4 and 5 are read. Keys that do not change the function (dropout, cache, tokens) are passed over; a
/// setting that would change it in a way that is not built, and a key that is not known, are errors.
/// </remarks>
public static class HuggingFaceConfig
{
    /// <summary>The largest file that is read, in bytes; real ones have one or two kilobytes.</summary>
    public const int LargestBytes = 1 << 20;

    private static readonly ImmutableArray<IFamilyConfig> Readers =
    [
        new NeoXConfig(),
        new Gpt2Config(),
        new GptNeoConfig(),
        new OptConfig(),
        .. LlamaDefaults.All.Select(defaults => new LlamaConfig(defaults)),
    ];

    /// <summary>The values of <c>model_type</c> that can be read.</summary>
    public static IReadOnlyList<string> Families { get; } = [.. ModelFamily.All.Select(family => family.ModelType)];

    /// <summary>Reads a <c>config.json</c>.</summary>
    /// <param name="file">Path of the file, or of the model's folder.</param>
    /// <param name="ignoredKeys">Keys that are passed over though they are not known.</param>
    /// <returns>The transformer's shape.</returns>
    /// <exception cref="InvalidDataException">The file is missing, damaged or describes what cannot be built.</exception>
    public static TransformerConfig Read(string file, params IReadOnlyCollection<string> ignoredKeys)
    {
        string path = Directory.Exists(file) ? Path.Combine(file, "config.json") : file;
        if (!File.Exists(path))
        {
            RefuseOther(path);
            throw new InvalidDataException($"{path}: there is no such file; a model folder holds a 'config.json'.");
        }

        return Parse(JsonFile.Bytes(path, LargestBytes), path, ignoredKeys);
    }

    /// <summary>Reads the bytes of a <c>config.json</c>.</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="ignoredKeys">Keys that are passed over though they are not known.</param>
    /// <returns>The transformer's shape.</returns>
    /// <exception cref="InvalidDataException">The text is damaged or describes what cannot be built.</exception>
    public static TransformerConfig Parse(
        ReadOnlyMemory<byte> json,
        string source,
        params IReadOnlyCollection<string> ignoredKeys
    ) => JsonFile.ParseUnique(json, source, root => Shape(new ConfigFields(root, source), ignoredKeys));

    private static TransformerConfig Shape(ConfigFields fields, IReadOnlyCollection<string> ignoredKeys)
    {
        IFamilyConfig family = FamilyOf(fields);
        fields.MustBe("is_encoder_decoder", false);
        fields.MustBeEmpty("pruned_heads");
        fields.MustBeEmpty("quantization_config");
        TransformerConfig config = family.Read(fields);
        string? problem = config.Problems().FirstOrDefault() ?? Unknown(fields, family.ModelType, ignoredKeys);
        return problem is null ? config : throw fields.Error(problem);
    }

    private static IFamilyConfig FamilyOf(ConfigFields fields)
    {
        string allowed = string.Join("', '", Families);
        string found =
            fields.Text("model_type") ?? throw fields.Error($"'model_type' is missing; '{allowed}' are allowed.");
        return Readers.FirstOrDefault(reader => reader.ModelType == found)
            ?? throw fields.Error(
                $"'model_type' is '{MessageText.OneLine(found)}', but the families that can be read are '{allowed}'."
            );
    }

    // What is not known might change what the model computes.
    private static string? Unknown(ConfigFields fields, string family, IReadOnlyCollection<string> ignored)
    {
        string[] unknown = [.. fields.Unasked().Where(key => !KeysWithoutEffect.All.Contains(key))];
        string[] found = [.. unknown.Except(ignored, StringComparer.Ordinal)];
        return found.Length == 0
            ? null
            : $"the key '{MessageText.OneLine(found[0])}'{(found.Length == 1 ? " is" : $" and {found.Length - 1} more are")} not known for the family '{family}' and may change what the model computes; "
                + "remove what does not, or name it in '--ignore-key'.";
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
    /// <exception cref="ArgumentException">The shape has a problem, or its family's file has no key for a part of it.</exception>
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
            IFamilyConfig family = Readers.Single(reader => reader.ModelType == config.Family.ModelType);
            json.WriteStartArray("architectures");
            json.WriteStringValue(config.Family.ClassName);
            json.WriteEndArray();
            json.WriteString("model_type", config.Family.ModelType);
            family.Write(json, config);
            if (config.EosTokenId is int eos)
            {
                json.WriteNumber("eos_token_id", eos);
            }

            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        byte[] written = buffer.ToArray();
        return Parse(written, "config.json") == config
            ? written
            : throw new ArgumentException(
                $"A part of this shape has no key in the configuration of the family '{config.Family.ModelType}', so that reading it would give another model.",
                nameof(config)
            );
    }
}
