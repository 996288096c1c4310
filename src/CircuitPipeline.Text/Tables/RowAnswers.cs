using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CircuitPipeline.Prompts.PromptPairs.Paper;

namespace CircuitPipeline.Text.Tables;

/// <summary>The answers of a row as they are written: each a text or a token id.</summary>
/// <param name="Right">The clean prompt's.</param>
/// <param name="Wrong">The corrupted prompt's.</param>
internal sealed record RowAnswers(ImmutableArray<WrittenAnswer> Right, ImmutableArray<WrittenAnswer> Wrong)
{
    private static readonly RowAnswers None = new([], []);

    /// <summary>Takes them from the columns.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">Where they stand.</param>
    /// <param name="options">Holds the sets that values stand for.</param>
    /// <param name="areIds">Whether the row's prompts are token ids, so that a whole number is one too.</param>
    /// <exception cref="UnusableRowException">A column has no value, or one of another kind.</exception>
    public static RowAnswers Of(TableRow row, PairColumns columns, PairsOptions options, bool areIds)
    {
        WholeNumbers numbers =
            !areIds ? WholeNumbers.AreTexts
            : columns.HasWrittenIds ? WholeNumbers.AreIdsInTextsToo
            : WholeNumbers.AreIds;
        return columns.Answers switch
        {
            AnswerLayout.None => None,
            AnswerLayout.Sides => new(
                Side(row, columns.Right!, numbers),
                columns.Wrong is { } wrong ? Side(row, wrong, numbers) : []
            ),
            AnswerLayout.Label => Label(row, columns, numbers),
            AnswerLayout.TwoDigits => TwoDigits(row, columns.Right!),
            AnswerLayout.Value => Value(row, columns.Right!, options.AnswerSets),
            _ => Choice(row, columns),
        };
    }

    /// <summary>The answers of one column.</summary>
    public static ImmutableArray<WrittenAnswer> Side(
        TableRow row,
        string column,
        WholeNumbers numbers = WholeNumbers.AreTexts
    )
    {
        JsonNode value = Present(row, column);
        if (value is JsonValue single && single.GetValueKind() == JsonValueKind.String)
        {
            string text = single.GetValue<string>();
            value = PythonList.Parse(text) is { } list ? list : value;
        }

        return value is JsonArray answers
            ? [.. answers.Select(answer => One(answer, column, isInList: true, numbers))]
            : [One(value, column, isInList: false, numbers)];
    }

    private static RowAnswers Label(TableRow row, PairColumns columns, WholeNumbers numbers)
    {
        if (Present(row, columns.Right!) is JsonArray pair)
        {
            return pair is [{ } right, { } wrong] ? new([InList(right)], [InList(wrong)]) : throw NotTwo(columns);
        }

        ImmutableArray<WrittenAnswer> answer = Side(row, columns.Right!, numbers);
        if (IsPythonList(row, columns.Right!))
        {
            // CSV has no lists of its own; what a list of JSON means, one that pandas wrote means too.
            return answer is [{ } first, { } second] ? new([first], [second]) : throw NotTwo(columns);
        }

        return columns.Wrong is { } twins
            ? new(answer, Side(row, twins, numbers))
            : new(answer, OfTwin(row, columns.Corrupted));

        WrittenAnswer InList(JsonNode item) => One(item, columns.Right!, isInList: true, numbers);
    }

    private static bool IsPythonList(TableRow row, string column) =>
        row.At(column) is JsonValue value
        && value.GetValueKind() == JsonValueKind.String
        && PythonList.Parse(value.GetValue<string>()) is not null;

    // The paper's files have the clean prompt's answer alone; the twin's follows from the twin, where it has one.
    private static ImmutableArray<WrittenAnswer> OfTwin(TableRow row, string corrupted) =>
        row.At(corrupted) is JsonValue twin
        && twin.GetValueKind() == JsonValueKind.String
        && PaperPrompt.Of(twin.GetValue<string>())?.Answer is { } answer
            ? [new WrittenAnswer(answer, null)]
            : [];

    private static RowAnswers TwoDigits(TableRow row, string column) =>
        Whole(Present(row, column)) is >= 0 and <= 99 and int number
            ? new(
                [.. Enumerable.Range(number + 1, 99 - number).Select(TwoDigit)],
                [.. Enumerable.Range(0, number + 1).Select(TwoDigit)]
            )
            : throw new UnusableRowException($"'{column}' is not a two-digit number");

    private static RowAnswers Value(TableRow row, string column, AnswerSetsFile? sets)
    {
        string value = Present(row, column).ToString();
        if (sets is null)
        {
            throw new InvalidDataException(
                $"the column '{column}' only says which set of answers is right; give the sets with '--answer-sets FILE'."
            );
        }

        return sets.Sets.TryGetValue(value, out ImmutableArray<string> right)
            ? new(Texts(right), Texts(sets.Sets.Where(set => set.Key != value).SelectMany(set => set.Value).Distinct()))
            : throw new UnusableRowException(
                $"'{column}' is '{MessageText.OneLine(value)}', but the sets are for '{string.Join("', '", sets.Sets.Keys)}'"
            );
    }

    private static RowAnswers Choice(TableRow row, PairColumns columns) =>
        new(
            Texts([MultipleChoice.AnswerOf(row, columns.Right!) ?? throw NoChoice()]),
            columns.Wrong is { } twin ? Texts([MultipleChoice.AnswerOf(row, twin) ?? throw NoChoice()]) : []
        );

    private static UnusableRowException NotTwo(PairColumns columns) =>
        new($"'{columns.Right}' is not a list of two answers, the right and the wrong one");

    private static UnusableRowException NoChoice() => new("'answerKey' is no place in 'choices.label'");

    private static WrittenAnswer One(JsonNode? value, string column, bool isInList, WholeNumbers numbers)
    {
        bool namesIds =
            column.EndsWith("idx", StringComparison.Ordinal)
            || column.EndsWith("_id", StringComparison.Ordinal)
            || column.EndsWith("_ids", StringComparison.Ordinal);
        bool isNumber = value?.GetValueKind() == JsonValueKind.Number;
        bool isId =
            isNumber && (isInList || numbers != WholeNumbers.AreTexts)
            || numbers == WholeNumbers.AreIdsInTextsToo && Whole(value) is not null;
        if (namesIds || isId)
        {
            return Whole(value) is >= 0 and int id
                ? new WrittenAnswer(null, id)
                : throw new UnusableRowException(
                    $"'{column}' has '{MessageText.OneLine(value?.ToString())}', which is no token id"
                );
        }

        return value?.ToString() is { Length: > 0 } text && value is JsonValue
            ? new WrittenAnswer(text, null)
            : throw new UnusableRowException($"'{column}' has an answer that is neither a text nor a token id");
    }

    private static JsonNode Present(TableRow row, string column) =>
        row.At(column) is { } value && value is not JsonArray { Count: 0 } && value.ToString().Length > 0
            ? value
            : throw new UnusableRowException($"'{column}' is empty");

    // CSV has texts alone; pandas writes whole numbers of columns with gaps as 703.0.
    private static int? Whole(JsonNode? value)
    {
        string? text = value?.ToString();
        text = text?.EndsWith(".0", StringComparison.Ordinal) == true ? text[..^2] : text;
        return int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    private static ImmutableArray<WrittenAnswer> Texts(IEnumerable<string> texts) =>
        [.. texts.Select(text => new WrittenAnswer(text, null))];

    private static WrittenAnswer TwoDigit(int number) =>
        new(number.ToString("00", System.Globalization.CultureInfo.InvariantCulture), null);
}

/// <summary>What a whole number that stands alone is, as an answer.</summary>
internal enum WholeNumbers
{
    /// <summary>A text, as the prompts are.</summary>
    AreTexts,

    /// <summary>A token id, as the prompts are lists of them.</summary>
    AreIds,

    /// <summary>The same, and also where it is written as a text, as in CSV.</summary>
    AreIdsInTextsToo,
}

/// <summary>An answer as it is written: a text, or a token id.</summary>
internal readonly record struct WrittenAnswer(string? Text, int? Id);

/// <summary>A row from which no pair follows, and why; never seen outside the room.</summary>
internal sealed class UnusableRowException(string reason) : Exception(reason);
