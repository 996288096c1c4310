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
    private const string Answers = "answers";
    private const string CorruptedAnswers = "corrupted_answers";
    private const string Position = "position";
    private const string CleanText = "clean_text"; // beside token ids, for readers
    private const string CorruptedText = "corrupted_text";

    private static readonly string[] Keys = [Clean, Corrupted, Label, Position];
    private static readonly string[] SetKeys =
    [
        Clean,
        Corrupted,
        Answers,
        CorruptedAnswers,
        Position,
        CleanText,
        CorruptedText,
    ];
    private static readonly string[] StudyKeys = [Clean, Corrupted, Answer, CorruptedAnswer];

    /// <summary>Takes a line apart; an <see cref="InvalidDataException"/> says what is wrong, without the place.</summary>
    public static PairsRow Of(JsonElement line, Vocabulary? vocabulary)
    {
        string[] keys = KeysOf(line);
        bool isStudy = keys == StudyKeys;
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
            JsonValueKind.Array when !isStudy => OfIds(line, areSets: keys == SetKeys),
            JsonValueKind.String => OfTexts(line, keys, vocabulary),
            _ => throw Unexpected(line, Clean, isStudy ? "a text is" : "a list of token ids or a text is"),
        };
        return new PairsRow(pair with { Position = PositionOf(line, pair.Clean.Length) }, isText);
    }

    private static string[] KeysOf(JsonElement line)
    {
        return Has(Label) ? Keys
            : Has(Answers) || Has(CorruptedAnswers) ? SetKeys
            : Has(Answer) || Has(CorruptedAnswer) ? StudyKeys
            : Keys;

        bool Has(string key) => line.TryGetProperty(key, out _);
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

    private static EncodedPair OfIds(JsonElement line, bool areSets)
    {
        ImmutableArray<int> clean = Ids(line, Clean);
        ImmutableArray<int> corrupted = Ids(line, Corrupted);
        (ImmutableArray<int> right, ImmutableArray<int> wrong) = areSets
            ? (IdSet(line, Answers), IdSet(line, CorruptedAnswers))
            : Labels(line);
        if (clean.Length != corrupted.Length)
        {
            throw new InvalidDataException(
                $"the clean prompt has '{clean.Length}' tokens and the corrupted one '{corrupted.Length}', "
                    + "but they must have as many."
            );
        }

        return new EncodedPair(clean, corrupted, right, wrong);
    }

    private static (ImmutableArray<int> Right, ImmutableArray<int> Wrong) Labels(JsonElement line) =>
        Ids(line, Label) is [int right, int wrong]
            ? ([right], [wrong])
            : throw Unexpected(line, Label, "two token ids, the clean prompt's answer and the corrupted one's, are");

    private static EncodedPair OfTexts(JsonElement line, string[] keys, Vocabulary? vocabulary)
    {
        (string[] right, string[] wrong) =
            keys == SetKeys ? (TextSet(line, Answers), TextSet(line, CorruptedAnswers))
            : keys == StudyKeys
                ? (
                    [Text(Value(line, Answer), line, Answer)],
                    [Text(Value(line, CorruptedAnswer), line, CorruptedAnswer)]
                )
            : TextLabels(line);
        (string clean, string corrupted) = (
            Text(Value(line, Clean), line, Clean),
            Text(Value(line, Corrupted), line, Corrupted)
        );
        return vocabulary is null
            ? throw new InvalidDataException(
                $"the row holds texts, but the model's folder has no '{VocabularyFile.Name}' that makes token ids of them; "
                    + "write lists of token ids instead."
            )
            : vocabulary.Encode(clean, corrupted, right, wrong);
    }

    private static (string[] Right, string[] Wrong) TextLabels(JsonElement line)
    {
        string[] answers =
        [
            .. Elements(line, Label, "a list of two texts is").Select(answer => Text(answer, line, Label)),
        ];
        return answers is [string right, string wrong]
            ? ([right], [wrong])
            : throw Unexpected(line, Label, "two texts, the clean prompt's answer and the corrupted one's, are");
    }

    // Only the wrong answers may be left out, so that a forgotten key is not taken for a pair without answers.
    private static T[] Set<T>(JsonElement line, string key, string expected, Func<JsonElement, int, T> read)
        where T : notnull
    {
        if (key == CorruptedAnswers && !line.TryGetProperty(key, out _))
        {
            return [];
        }

        T[] answers = [.. Elements(line, key, expected).Select(read)];
        return AnswerSet.FirstRepeat(answers) is not { } place
            ? answers
            : throw new InvalidDataException(
                $"'{MessageText.OneLine(answers[place].ToString()!)}' at place {place + 1} of '{key}' is there twice, but a set holds a token once; leave one out."
            );
    }

    private static ImmutableArray<int> IdSet(JsonElement line, string key) =>
        [.. Set(line, key, "a list of token ids is", (id, index) => Id(id, key, index + 1))];

    private static string[] TextSet(JsonElement line, string key) =>
        Set(line, key, "a list of texts is", (answer, _) => Text(answer, line, key));

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
            : throw Unexpected(line, key, Expected(key));

    private static string Expected(string key) =>
        key switch
        {
            Label => "a list of two texts is",
            Answers or CorruptedAnswers => "a list of texts is",
            _ => "a text is",
        };

    private static JsonElement.ArrayEnumerator Elements(JsonElement line, string key, string expected) =>
        Value(line, key) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray()
            : throw Unexpected(line, key, expected);

    private static JsonElement Value(JsonElement line, string key) =>
        line.TryGetProperty(key, out JsonElement value)
            ? value
            : throw new InvalidDataException(
                key == Label
                    ? $"the key '{key}' is missing; where there is no answer, '\"{Answers}\": []' says so."
                    : $"the key '{key}' is missing."
            );

    private static InvalidDataException Unexpected(JsonElement line, string key, string expected) =>
        new($"'{key}' is '{MessageText.OneLine(Value(line, key).ToString())}', but {expected} expected.");
}
