using System.Collections.Immutable;
using System.Text.Json;

namespace CircuitPipeline.Text.Tokenizers;

/// <summary>What of a <c>tokenizer.json</c> is read here: its special tokens, and what its post-processor puts before a text.</summary>
/// <param name="WithoutPostProcessor">The file's bytes with <c>null</c> in place of the post-processor, of truncation and of padding: prompts are never cut or filled.</param>
/// <param name="Prefix">What the post-processor puts before a text.</param>
/// <param name="Added">The ids of added tokens by their texts.</param>
internal sealed record TokenizerJson(
    byte[] WithoutPostProcessor,
    ImmutableArray<int> Prefix,
    ImmutableDictionary<string, int> Added
)
{
    private const int DeepestNesting = 64;
    private const string PostProcessor = "post_processor";
    private const string Model = "model";
    private const string AddedTokens = "added_tokens";
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DeepestNesting };

    /// <summary>Reads the file token by token, because its vocabulary is large and the engine's business.</summary>
    /// <param name="bytes">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <exception cref="InvalidDataException">The file is no JSON object, has no model, or another part is not as expected.</exception>
    internal static TokenizerJson Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        ReadOnlyMemory<byte> json = JsonText.WithoutBom(bytes);
        try
        {
            Dictionary<string, Range> parts = Parts(json.Span);
            if (!parts.TryGetValue(Model, out Range model))
            {
                throw new JsonException($"there is no '{Model}' in it");
            }

            EngineLimits.MustHoldModel(Parts(json.Span[model]), json[model]);
            foreach (string part in EngineLimits.Parts.Where(parts.ContainsKey))
            {
                EngineLimits.MustHold(json[parts[part]], Options);
            }

            ImmutableDictionary<string, int> added = parts.TryGetValue(AddedTokens, out Range tokens)
                ? TokensOf(json[tokens])
                : [];
            ImmutableArray<int> prefix = parts.TryGetValue(PostProcessor, out Range processor)
                ? PrefixOf(json[processor])
                : [];
            return prefix.All(id => id >= 0)
                ? new TokenizerJson(WithNull(json.Span, parts, PostProcessor, "truncation", "padding"), prefix, added)
                : throw new JsonException("a token that its post-processor adds has an id below 0");
        }
        catch (UnreadRuleException rule)
        {
            throw new InvalidDataException(
                $"{source}: the tokenizer is not read, because {rule.Message}; give token ids that its own library made.",
                rule
            );
        }
        catch (Exception cause)
            when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            JsonText.RefuseOther(json.Span, source);
            throw new InvalidDataException(
                $"{source}: this is no tokenizer of the library 'tokenizers' ({Sentence(cause)}); download the file anew.",
                cause
            );
        }
    }

    // Where the values of the outermost keys lie. A key that comes twice would be read by the engine as it likes.
    private static Dictionary<string, Range> Parts(ReadOnlySpan<byte> json)
    {
        Dictionary<string, Range> parts = [];
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("it is no JSON object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!parts.TryAdd(key, start..(int)reader.BytesConsumed))
            {
                throw new JsonException($"the key '{MessageText.OneLine(key)}' is there twice");
            }
        }

        while (reader.Read()) { } // whatever follows is refused here
        return parts;
    }

    private static byte[] WithNull(ReadOnlySpan<byte> json, Dictionary<string, Range> parts, params string[] keys)
    {
        List<byte> bytes = new(json.Length);
        int start = 0;
        foreach (
            Range part in keys.Where(parts.ContainsKey).Select(key => parts[key]).OrderBy(part => part.Start.Value)
        )
        {
            bytes.AddRange(json[start..part.Start]);
            bytes.AddRange("null"u8);
            start = part.End.Value;
        }

        bytes.AddRange(json[start..]);
        return [.. bytes];
    }

    private static ImmutableDictionary<string, int> TokensOf(ReadOnlyMemory<byte> json)
    {
        using JsonDocument list = JsonDocument.Parse(json, Options);
        ImmutableDictionary<string, int>.Builder ids = ImmutableDictionary.CreateBuilder<string, int>();
        if (list.RootElement.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement token in list.RootElement.EnumerateArray())
            {
                string content =
                    token.GetProperty("content").GetString() ?? throw new JsonException("an added token has no text");
                ids[content] = token.GetProperty("id").GetInt32();
            }
        }

        return ids.ToImmutable();
    }

    private static ImmutableArray<int> PrefixOf(ReadOnlyMemory<byte> json)
    {
        using JsonDocument processor = JsonDocument.Parse(json, Options);
        return PrefixOf(processor.RootElement);
    }

    private static ImmutableArray<int> PrefixOf(JsonElement processor) =>
        processor.ValueKind == JsonValueKind.Null
            ? []
            : processor.GetProperty("type").GetString() switch
            {
                "ByteLevel" => [],
                "TemplateProcessing" => OfTemplate(processor),
                "RobertaProcessing" or "BertProcessing" => [processor.GetProperty("cls")[1].GetInt32()],
                "Sequence" =>
                [
                    .. processor.GetProperty("processors").EnumerateArray().SelectMany(part => PrefixOf(part)),
                ],
                var other => throw new UnreadRuleException(
                    $"its post-processor is of the type '{MessageText.OneLine(other)}', which is not read"
                ),
            };

    // What stands before the text "A"; a template has it once.
    private static ImmutableArray<int> OfTemplate(JsonElement processor) =>
        [
            .. processor
                .GetProperty("single")
                .EnumerateArray()
                .TakeWhile(piece => piece.TryGetProperty("SpecialToken", out _))
                .SelectMany(piece =>
                    IdsOf(processor, piece.GetProperty("SpecialToken").GetProperty("id").GetString() ?? "")
                ),
        ];

    private static IEnumerable<int> IdsOf(JsonElement processor, string token) =>
        processor
            .GetProperty("special_tokens")
            .GetProperty(token)
            .GetProperty("ids")
            .EnumerateArray()
            .Select(id => id.GetInt32());

    private static string Sentence(Exception cause) =>
        MessageText
            .OneLine(
                cause is JsonException
                    ? cause.Message.Split(" LineNumber")[0]
                    : "a part of it is missing or of another kind than expected"
            )
            .TrimEnd('.');
}
