using System.Collections.Immutable;
using System.Text.Json;

namespace CircuitPipeline.Prompts.Tokenizers;

/// <summary>What of a <c>tokenizer.json</c> is read here: its special tokens, and what its post-processor puts before a text.</summary>
/// <param name="WithoutPostProcessor">The file's bytes with <c>null</c> in place of the post-processor.</param>
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
    private const string AddedTokens = "added_tokens";
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DeepestNesting };

    /// <summary>Reads the file token by token, because its vocabulary is large and the engine's business.</summary>
    /// <param name="bytes">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <exception cref="InvalidDataException">The file is no JSON object, has no model, or another part is not as expected.</exception>
    internal static TokenizerJson Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        ReadOnlyMemory<byte> json = bytes.Span.StartsWith("\uFEFF"u8) ? bytes["\uFEFF"u8.Length..] : bytes;
        try
        {
            Dictionary<string, Range> parts = Parts(json.Span);
            if (!parts.ContainsKey("model"))
            {
                throw new JsonException("there is no 'model' in it");
            }

            ImmutableDictionary<string, int> added = parts.TryGetValue(AddedTokens, out Range tokens)
                ? TokensOf(json[tokens])
                : [];
            return parts.TryGetValue(PostProcessor, out Range processor)
                ? new TokenizerJson(
                    [.. json.Span[..processor.Start], .. "null"u8, .. json.Span[processor.End..]],
                    PrefixOf(json[processor]),
                    added
                )
                : new TokenizerJson(json.ToArray(), [], added);
        }
        catch (Exception cause)
            when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
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

    private static ImmutableDictionary<string, int> TokensOf(ReadOnlyMemory<byte> json)
    {
        using JsonDocument list = JsonDocument.Parse(json, Options);
        ImmutableDictionary<string, int>.Builder ids = ImmutableDictionary.CreateBuilder<string, int>();
        if (list.RootElement.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement token in list.RootElement.EnumerateArray())
            {
                ids[token.GetProperty("content").GetString()!] = token.GetProperty("id").GetInt32();
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
                var other => throw new JsonException(
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
                    IdsOf(processor, piece.GetProperty("SpecialToken").GetProperty("id").GetString()!)
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
