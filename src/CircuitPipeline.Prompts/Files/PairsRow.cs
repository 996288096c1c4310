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
    public const string Answer = "answer";
    public const string CorruptedAnswer = "corrupted_answer";
    public const string Answers = "answers";
    public const string CorruptedAnswers = "corrupted_answers";
    private const string Position = "position";
    private const string CleanText = "clean_text"; // beside token ids, for readers
    private const string CorruptedText = "corrupted_text";

    private static readonly string[] TextKeys = [Clean, Corrupted, Answer, CorruptedAnswer];
    private static readonly string[] TextSetKeys = [Clean, Corrupted, Answers, CorruptedAnswers];
    private static readonly string[] IdKeys =
    [
        Clean,
        Corrupted,
        Answers,
        CorruptedAnswers,
        Position,
        CleanText,
        CorruptedText,
    ];

    /// <summary>Takes a line apart; an <see cref="InvalidDataException"/> says what is wrong, without the place.</summary>
    public static PairsRow Of(JsonElement line, Vocabulary? vocabulary)
    {
        JsonValueKind kind = Value(line, Clean).ValueKind;
        if (kind is not (JsonValueKind.String or JsonValueKind.Array))
        {
            throw Unexpected(line, Clean, "a text or a list of token ids is");
        }

        bool isText = kind == JsonValueKind.String;
        string[] keys =
            !isText ? IdKeys
            : HasSets(line) ? TextSetKeys
            : TextKeys;
        foreach (JsonProperty property in line.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
            {
                throw new InvalidDataException(
                    $"the key '{MessageText.OneLine(property.Name)}' is unknown beside a 'clean' of {Kind(isText)}; '{string.Join("', '", keys)}' are allowed, and 'dotnet circuit pairs' writes pairs of other forms so."
                );
            }
        }

        return new PairsRow(isText ? OfTexts(line, vocabulary) : OfIds(line), isText);
    }

    /// <summary>What a row holds, in words.</summary>
    public static string Kind(bool isText) => isText ? "texts" : "token ids";

    private static bool HasSets(JsonElement line) =>
        line.TryGetProperty(Answers, out _) || line.TryGetProperty(CorruptedAnswers, out _);

    private static EncodedPair OfTexts(JsonElement line, Vocabulary? vocabulary)
    {
        PromptPair pair = HasSets(line)
            ? PromptPair.WithAnswers(
                Text(line, Clean),
                Text(line, Corrupted),
                Texts(line, Answers),
                Texts(line, CorruptedAnswers)
            )
            : new PromptPair(Text(line, Clean), Text(line, Corrupted), Text(line, Answer), Text(line, CorruptedAnswer));
        return vocabulary is null
            ? throw new InvalidDataException(
                $"the row holds texts, but the model's folder has no '{VocabularyFile.Name}' that makes token ids of them; "
                    + "write lists of token ids instead."
            )
            : vocabulary.Encode(pair);
    }

    private static EncodedPair OfIds(JsonElement line)
    {
        ImmutableArray<int> clean = Prompt(line, Clean);
        ImmutableArray<int> corrupted = Prompt(line, Corrupted);
        return clean.Length == corrupted.Length
            ? new EncodedPair(clean, corrupted, AnswersOf(line, Answers), AnswersOf(line, CorruptedAnswers))
            {
                Position = PositionOf(line, clean.Length),
            }
            : throw new InvalidDataException(
                $"the clean prompt has '{clean.Length}' tokens and the corrupted one '{corrupted.Length}', "
                    + "but they must have as many."
            );
    }

    private static ImmutableArray<int> Prompt(JsonElement line, string key) =>
        Ids(line, key) is { IsEmpty: false } ids ? ids : throw Unexpected(line, key, "at least one token id is");

    private static ImmutableArray<int> AnswersOf(JsonElement line, string key)
    {
        ImmutableArray<int> answers = Ids(line, key);
        return AnswerSet.FirstRepeat(answers) is not { } place
            ? answers
            : throw new InvalidDataException(
                $"'{answers[place]}' at place {place + 1} of '{key}' is there twice, but a set holds a token once; leave one out."
            );
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

    private static ImmutableArray<int> Ids(JsonElement line, string key) =>
        Value(line, key) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select((id, index) => Id(id, key, index + 1))]
            : throw Unexpected(line, key, "a list of token ids is");

    private static int Id(JsonElement value, string key, int place) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out int id)
        && id is >= 0 and <= PairsFile.LargestId
            ? id
            : throw new InvalidDataException(
                $"'{MessageText.OneLine(value.ToString())}' at place {place} of '{key}' is not a token id; "
                    + $"0 to {PairsFile.LargestId} is allowed."
            );

    private static ImmutableArray<string> Texts(JsonElement line, string key)
    {
        if (Value(line, key) is not { ValueKind: JsonValueKind.Array } list)
        {
            throw Unexpected(line, key, "a list of texts is");
        }

        HashSet<string> seen = [];
        foreach ((int index, JsonElement value) in list.EnumerateArray().Index())
        {
            string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            if (text.Length == 0 || !seen.Add(text))
            {
                string what =
                    text.Length == 0 ? "is no text" : "is there twice, but a set holds an answer once; leave one out";
                throw new InvalidDataException(
                    $"'{MessageText.OneLine(value.ToString())}' at place {index + 1} of '{key}' {what}."
                );
            }
        }

        return [.. list.EnumerateArray().Select(value => value.GetString()!)];
    }

    private static string Text(JsonElement line, string key) =>
        Value(line, key) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text
            ? text
            : throw Unexpected(line, key, "a text is");

    private static JsonElement Value(JsonElement line, string key) =>
        line.TryGetProperty(key, out JsonElement value)
            ? value
            : throw new InvalidDataException($"the key '{key}' is missing.");

    private static InvalidDataException Unexpected(JsonElement line, string key, string expected) =>
        new($"'{key}' is '{MessageText.OneLine(Value(line, key).ToString())}', but {expected} expected.");
}
