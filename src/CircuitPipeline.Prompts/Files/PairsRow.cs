using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Prompts.Files;

/// <summary>A row of a pairs file.</summary>
/// <param name="Pair">Its prompts and answers as token ids.</param>
/// <param name="IsText">They were texts in the file.</param>
internal sealed record PairsRow(EncodedPair Pair, bool IsText)
{
    public const string Clean = "clean";
    public const string Corrupted = "corrupted";
    private const string Label = "label";
    public const string Answer = "answer";
    public const string CorruptedAnswer = "corrupted_answer";
    private const string Position = "position";

    private static readonly string[] Keys = [Clean, Corrupted, Label, Position];
    private static readonly string[] StudyKeys = [Clean, Corrupted, Answer, CorruptedAnswer];

    /// <summary>Takes a line apart; an <see cref="InvalidDataException"/> says what is wrong, without the place.</summary>
    public static PairsRow Of(JsonElement line, Vocabulary? vocabulary)
    {
        bool isStudy =
            !line.TryGetProperty(Label, out _) && Array.Exists(StudyKeys[2..], key => line.TryGetProperty(key, out _));
        string[] keys = isStudy ? StudyKeys : Keys;
        foreach (JsonProperty property in line.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
            {
                throw new InvalidDataException(
                    $"the key '{MessageText.OneLine(property.Name)}' is unknown; '{string.Join("', '", keys)}' are allowed."
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
            throw new InvalidDataException(
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
            throw new InvalidDataException(
                $"the row holds texts, but the model's folder has no '{VocabularyFile.Name}' that makes token ids of them; "
                    + "write lists of token ids instead."
            );
        }

        return vocabulary.Encode(pair);
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
            : throw new InvalidDataException(
                $"'{MessageText.OneLine(value.ToString())}' at place {place} of '{key}' is not a token id; "
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
            : throw new InvalidDataException($"the key '{key}' is missing.");

    private static InvalidDataException Unexpected(JsonElement line, string key, string expected) =>
        new($"'{key}' is '{MessageText.OneLine(Value(line, key).ToString())}', but {expected} expected.");
}
