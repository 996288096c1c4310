using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution.Pairs;

/// <summary>Prompt pairs as JSON lines, one row per line: <c>{"clean":[9,8,50],"corrupted":[9,42,50],"label":[59,35]}</c>.</summary>
/// <remarks>
/// <c>label</c> holds the right next token of the clean prompt and that of the corrupted one, as in EAP-IG's data sets. Where the model's
/// folder has a <c>vocabulary.json</c>, the values may be texts instead, and a row may be one of <see cref="PromptPairFile"/>, with
/// <c>answer</c> and <c>corrupted_answer</c> in place of <c>label</c>; but a file is all of one kind. A byte order mark and carriage
/// returns are passed over, and the last line need not end.
/// </remarks>
public static class PairsFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const long LargestBytes = 1L << 28;

    /// <summary>The longest line that is read, in bytes; it has room for two prompts of a hundred thousand tokens.</summary>
    public const int LongestLine = PromptPairFile.LongestLine;

    /// <summary>The largest token id that is read; the vocabularies of real models are a hundred times smaller.</summary>
    public const int LargestId = 1 << 24;

    /// <summary>Reads a pairs file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="vocabulary">Turns texts into token ids; null when the model's folder has none, and then texts are refused.</param>
    /// <returns>The pairs in the file's order.</returns>
    /// <exception cref="InvalidPairsException">The file is missing or damaged, or a row cannot be read; the line is named.</exception>
    public static EncodedPairs Read(string path, Vocabulary? vocabulary)
    {
        byte[] bytes;
        try
        {
            bytes = PromptFile.Bytes(path, LargestBytes);
        }
        catch (InvalidPromptsException cause)
        {
            throw new InvalidPairsException(cause.Message, cause);
        }
        return Parse(bytes, path, vocabulary);
    }

    /// <summary>Reads the bytes of a pairs file.</summary>
    /// <param name="bytes">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="vocabulary">Turns texts into token ids; null when the model's folder has none, and then texts are refused.</param>
    /// <returns>The pairs in the file's order.</returns>
    /// <exception cref="InvalidPairsException">The file is damaged, or a row cannot be read; the line is named.</exception>
    public static EncodedPairs Parse(ReadOnlyMemory<byte> bytes, string source, Vocabulary? vocabulary)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8))
        {
            bytes = bytes["\uFEFF"u8.Length..];
        }

        ImmutableArray<EncodedPair>.Builder pairs = ImmutableArray.CreateBuilder<EncodedPair>();
        bool areTexts = false;
        foreach (ReadOnlyMemory<byte> line in Lines(bytes))
        {
            try
            {
                PairsRow row = Row(line, vocabulary);
                if (pairs.Count > 0 && row.IsText != areTexts)
                {
                    throw new InvalidPromptsException(
                        $"the row holds {Kind(row.IsText)}, but the rows above hold {Kind(areTexts)}; a file is all of one kind."
                    );
                }

                areTexts = row.IsText;
                pairs.Add(row.Pair);
            }
            catch (InvalidPromptsException cause)
            {
                throw new InvalidPairsException($"{source}({pairs.Count + 1}): {cause.Message}", cause);
            }
        }
        return pairs.Count > 0
            ? EncodedPairs.Of(pairs)
            : throw new InvalidPairsException($"{source}: the file is empty, but at least one pair is expected.");
    }

    // A line end at the end of the file ends its last line and begins no further one.
    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> bytes)
    {
        for (int start = 0; start < bytes.Length; )
        {
            int length = bytes.Span[start..].IndexOf((byte)'\n');
            yield return length < 0 ? bytes[start..] : bytes.Slice(start, length);
            start = length < 0 ? bytes.Length : start + length + 1;
        }
    }

    private static PairsRow Row(ReadOnlyMemory<byte> line, Vocabulary? vocabulary)
    {
        if (line.Length > LongestLine)
        {
            throw new InvalidPromptsException(
                $"the line has '{line.Length}' bytes, but at most {LongestLine} are read."
            );
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(
                line,
                new JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            return PairsRow.Of(document.RootElement, vocabulary);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new InvalidPromptsException(
                "the line is not one JSON object with 'clean', 'corrupted' and 'label', each key once and all of it UTF-8."
            );
        }
    }

    private static string Kind(bool isText) => isText ? "texts" : "token ids";
}

/// <summary>A row of a pairs file.</summary>
/// <param name="Pair">Its prompts and answers as token ids.</param>
/// <param name="IsText">They were texts in the file.</param>
internal sealed record PairsRow(EncodedPair Pair, bool IsText)
{
    private const string Clean = "clean";
    private const string Corrupted = "corrupted";
    private const string Label = "label";
    private const string Answer = "answer";
    private const string CorruptedAnswer = "corrupted_answer";
    private const string Position = "position";

    private static readonly string[] Keys = [Clean, Corrupted, Label, Position];
    private static readonly string[] StudyKeys = [Clean, Corrupted, Answer, CorruptedAnswer];

    /// <summary>Takes a line apart; an <see cref="InvalidPromptsException"/> says what is wrong, without the place.</summary>
    public static PairsRow Of(JsonElement line, Vocabulary? vocabulary)
    {
        bool isStudy =
            !line.TryGetProperty(Label, out _) && Array.Exists(StudyKeys[2..], key => line.TryGetProperty(key, out _));
        string[] keys = isStudy ? StudyKeys : Keys;
        foreach (JsonProperty property in line.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
            {
                throw new InvalidPromptsException(
                    $"the key '{Shortened.Text(property.Name)}' is unknown; '{string.Join("', '", keys)}' are allowed."
                );
            }
        }

        bool isText = Value(line, Clean).ValueKind == JsonValueKind.String;
        EncodedPair pair = Value(line, Clean).ValueKind switch
        {
            JsonValueKind.Array when !isStudy => OfIds(line),
            JsonValueKind.String => Encode(OfTexts(line, isStudy), vocabulary),
            _ => throw Unexpected(line, Clean, isStudy ? "a text is" : "a list of token ids or a text is"),
        };
        return new PairsRow(pair with { Position = PositionOf(line, pair.Clean.Length) }, isText);
    }

    // The answer belongs after the last token, unless the row says after which.
    private static int? PositionOf(JsonElement line, int length)
    {
        if (!line.TryGetProperty(Position, out JsonElement value))
        {
            return null;
        }

        return
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out int position)
            && position >= 0
            && position < length
            ? position
            : throw Unexpected(line, Position, $"a token's place from 0 to {length - 1} is");
    }

    private static EncodedPair OfIds(JsonElement line)
    {
        ImmutableArray<int> clean = Ids(line, Clean);
        ImmutableArray<int> corrupted = Ids(line, Corrupted);
        ImmutableArray<int> label = Ids(line, Label);
        if (clean.Length != corrupted.Length)
        {
            throw new InvalidPromptsException(
                $"the clean prompt has '{clean.Length}' tokens and the corrupted one '{corrupted.Length}', "
                    + "but they must have as many."
            );
        }

        return label is [int right, int wrong]
            ? new EncodedPair(clean, corrupted, right, wrong)
            : throw Unexpected(line, Label, "two token ids, the clean prompt's answer and the corrupted one's, are");
    }

    private static PromptPair OfTexts(JsonElement line, bool isStudy)
    {
        string[] answers = isStudy
            ? [Text(Value(line, Answer), line, Answer), Text(Value(line, CorruptedAnswer), line, CorruptedAnswer)]
            : [.. Elements(line, Label, "a list of two texts is").Select(answer => Text(answer, line, Label))];
        return answers is [string right, string wrong]
            ? new PromptPair(
                Text(Value(line, Clean), line, Clean),
                Text(Value(line, Corrupted), line, Corrupted),
                right,
                wrong
            )
            : throw Unexpected(line, Label, "two texts, the clean prompt's answer and the corrupted one's, are");
    }

    private static EncodedPair Encode(PromptPair pair, Vocabulary? vocabulary)
    {
        if (vocabulary is null)
        {
            throw new InvalidPromptsException(
                $"the row holds texts, but the model's folder has no '{VocabularyFile.Name}' that makes token ids of them; "
                    + "write lists of token ids instead."
            );
        }

        vocabulary.MustFit(pair);
        return new EncodedPair(
            [.. vocabulary.Encode(pair.Clean)],
            [.. vocabulary.Encode(pair.Corrupted)],
            vocabulary.Encode(pair.Answer)[0],
            vocabulary.Encode(pair.CorruptedAnswer)[0]
        );
    }

    private static ImmutableArray<int> Ids(JsonElement line, string key)
    {
        ImmutableArray<int> ids =
        [
            .. Elements(line, key, "a list of token ids is").Select((id, index) => Id(id, key, index + 1)),
        ];
        return ids.IsEmpty ? throw Unexpected(line, key, "at least one token id is") : ids;
    }

    private static int Id(JsonElement value, string key, int place) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out int id)
        && id is >= 0 and <= PairsFile.LargestId
            ? id
            : throw new InvalidPromptsException(
                $"'{Shortened.Text(value.ToString())}' at place {place} of '{key}' is not a token id; "
                    + $"0 to {PairsFile.LargestId} is allowed."
            );

    private static string Text(JsonElement value, JsonElement line, string key) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw Unexpected(line, key, key == Label ? "a list of two texts is" : "a text is");

    private static JsonElement.ArrayEnumerator Elements(JsonElement line, string key, string expected) =>
        Value(line, key) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray()
            : throw Unexpected(line, key, expected);

    private static JsonElement Value(JsonElement line, string key) =>
        line.TryGetProperty(key, out JsonElement value)
            ? value
            : throw new InvalidPromptsException($"the key '{key}' is missing.");

    private static InvalidPromptsException Unexpected(JsonElement line, string key, string expected) =>
        new($"'{key}' is '{Shortened.Text(Value(line, key).ToString())}', but {expected} expected.");
}

/// <summary>Prompt pairs cannot be compared token by token; the message names the row.</summary>
/// <param name="message">The sentence.</param>
/// <param name="inner">What was wrong with the words, if that is the cause.</param>
public sealed class InvalidPairsException(string message, Exception? inner = null) : Exception(message, inner);
