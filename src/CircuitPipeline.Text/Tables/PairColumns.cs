using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CircuitPipeline.Prompts.Files;

namespace CircuitPipeline.Text.Tables;

/// <summary>Which columns of a table hold what, found once, in its first row.</summary>
/// <param name="Clean">The clean prompt's.</param>
/// <param name="Corrupted">The corrupted prompt's.</param>
/// <param name="Answers">How the answers are written.</param>
/// <param name="Right">The right answers' column; null where there are none.</param>
/// <param name="Wrong">The wrong answers' column; null where there are none, or one column holds both.</param>
internal sealed record PairColumns(string Clean, string Corrupted, AnswerLayout Answers, string? Right, string? Wrong)
{
    private const string Idx = "_idx";
    private const string Counterfactual = "_counterfactual";

    private static readonly (string Right, string? Wrong, AnswerLayout Layout)[] Known =
    [
        ("country_idx", "corrupted_country_idx", AnswerLayout.Sides), // EAP-IG's facts
        ("answers_idx", "corrupted_answers_idx", AnswerLayout.Sides), // its hypernymy
        ("answers", "corrupted_answers", AnswerLayout.Sides),
        ("answer", "corrupted_answer", AnswerLayout.Sides),
        ("clean_answer_idx", "corrupted_answer_idx", AnswerLayout.Sides), // its gender bias
        ("correct_idx", "incorrect_idx", AnswerLayout.Sides), // its IOI
        ("metadata.indirect_object", "metadata.subject", AnswerLayout.Sides), // MIB's IOI
        ("correct_idx", null, AnswerLayout.TwoDigits), // EAP-IG's greater-than
        ("plural", null, AnswerLayout.Value), // its agreement
        ("answers", null, AnswerLayout.Sides), // for metrics that need no wrong answers
        ("answer", null, AnswerLayout.Sides),
        ("label", null, AnswerLayout.Label),
    ];

    /// <summary>Whether both prompts of the first row are lists of whole numbers written as texts, as CSV has them: then all are token ids.</summary>
    public bool HasWrittenIds { get; private init; }

    private string AnswersText =>
        Answers switch
        {
            AnswerLayout.None => "no column",
            AnswerLayout.Choice => "'choices.label'",
            _ => Wrong is null ? $"'{Right}'" : $"'{Right}' and '{Wrong}'",
        };

    /// <summary>The column of the texts whose ids the right answers are; null where none is beside them.</summary>
    public string? TextsOfIds(TableRow row) =>
        Right is { } ids && ids.EndsWith(Idx, StringComparison.Ordinal) && row.Has(ids[..^Idx.Length])
            ? ids[..^Idx.Length]
            : null;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="InvalidDataException">A column that is named is not there, or no clean or corrupted prompt is.</exception>
    public static PairColumns Of(TableRow first, PairsOptions options, string source)
    {
        string clean = Prompt(first, options.CleanColumn, source, "clean", "clean", "prompt");
        string corrupted = Prompt(first, options.CorruptedColumn, source, "corrupted", ["corrupted", .. Twins(first)]);
        PairColumns found = Of(first, options, source, clean, corrupted);
        return options.AnswerSets is not { } sets || found.Answers == AnswerLayout.Value
            ? found with
            {
                HasWrittenIds =
                    WrittenIds.Of(first.At(clean)) is not null && WrittenIds.Of(first.At(corrupted)) is not null,
            }
            : throw PromptFile.At(
                source,
                first.Line,
                $"'{MessageText.OneLine(sets.Path)}' gives sets of answers, but no column here stands for sets; name it with '--answer-column', or leave '--answer-sets' out."
            );
    }

    /// <summary>Why a later row's answers cannot be read as the first row's; null where they can be, or where it has none.</summary>
    /// <remarks>A row that has no value where the first has one is the answers' own business.</remarks>
    public string? OtherLayoutOf(TableRow row)
    {
        PairColumns other = OfAnswers(row, Clean, Corrupted);
        return
            other.Answers == AnswerLayout.None
            || (other.Answers, other.Right) == (Answers, Right) && (other.Wrong == Wrong || other.Wrong is null)
            ? null
            : $"its answers stand in {other.AnswersText}, but those of the first row in {AnswersText}, and a file has one layout";
    }

    // An empty list is no answer.
    private static bool Holds(TableRow row, string column) => row.At(column) is not (null or JsonArray { Count: 0 });

    private static PairColumns Of(TableRow first, PairsOptions options, string source, string clean, string corrupted)
    {
        if (options.AnswerColumn is { } right)
        {
            MustBeThere(first, right, source);
            if (options.CorruptedAnswerColumn is { } wrong)
            {
                MustBeThere(first, wrong, source);
            }

            AnswerLayout layout = options.AnswerSets is null ? AnswerLayout.Sides : AnswerLayout.Value;
            return new PairColumns(clean, corrupted, layout, right, options.CorruptedAnswerColumn);
        }

        return OfAnswers(first, clean, corrupted);
    }

    private static PairColumns OfAnswers(TableRow first, string clean, string corrupted)
    {
        if (MultipleChoice.Of(first, corrupted) is { } choice)
        {
            return new PairColumns(clean, corrupted, AnswerLayout.Choice, choice.Right, choice.Wrong);
        }

        foreach ((string known, string? other, AnswerLayout layout) in Known)
        {
            if (Holds(first, known) && (other is null || Holds(first, other)))
            {
                return new PairColumns(clean, corrupted, layout, known, other ?? LabelOfTwin(first, corrupted, known));
            }
        }

        return new PairColumns(clean, corrupted, AnswerLayout.None, null, null);
    }

    private static string Prompt(
        TableRow first,
        string? named,
        string source,
        string which,
        params ImmutableArray<string> known
    )
    {
        if (named is not null)
        {
            MustBeThere(first, named, source);
            return named;
        }

        ImmutableArray<string> found = [.. known.Where(first.Has)];
        return found switch
        {
            [string one] => one,
            ["corrupted" or "clean", ..] => found[0],
            [] when known.FirstOrDefault(first.Cells.ContainsKey) is { } empty => throw PromptFile.At(
                source,
                first.Line,
                $"the first row has no value in '{empty}', but it says which column holds the {which} prompt; give it one, leave the row out, or name the column with '--{which}-column'."
            ),
            [] => throw PromptFile.At(
                source,
                first.Line,
                $"no column holds the {which} prompt ('{string.Join("', '", known is [] or ["corrupted"] ? ["corrupted", $"NAME{Counterfactual}.prompt"] : known)}'); {Names(first)}; name it with '--{which}-column'."
            ),
            _ => throw PromptFile.At(
                source,
                first.Line,
                $"several columns hold a {which} prompt: '{string.Join("', '", found)}'; choose one with '--{which}-column'."
            ),
        };
    }

    // MIB's columns; where there are several, those that its own code takes by default.
    private static IEnumerable<string> Twins(TableRow first)
    {
        string[] twins =
        [
            .. first
                .Cells.Select(cell => cell.Key)
                .Where(name => name.EndsWith(Counterfactual, StringComparison.Ordinal))
                .Select(name => $"{name}.prompt")
                .Concat(
                    first
                        .Cells.Select(cell => cell.Key)
                        .Where(name => name.EndsWith($"{Counterfactual}.prompt", StringComparison.Ordinal))
                ),
        ];
        string[] usual =
        [
            .. twins.Where(name =>
                name.StartsWith("s2_io_flip_", StringComparison.Ordinal)
                || name.StartsWith("symbol_", StringComparison.Ordinal)
                || name.StartsWith("random_counterfactual", StringComparison.Ordinal)
            ),
        ];
        return usual.Length == 1 ? usual : twins;
    }

    private static string? LabelOfTwin(TableRow first, string corrupted, string label)
    {
        string? twin = corrupted.EndsWith(".prompt", StringComparison.Ordinal)
            ? corrupted[..^".prompt".Length] + "." + label
            : null;
        return twin is not null && first.Has(twin) ? twin : null;
    }

    private static void MustBeThere(TableRow first, string column, string source)
    {
        if (!first.Has(column))
        {
            throw PromptFile.At(
                source,
                first.Line,
                $"there is no column '{MessageText.OneLine(column)}'; {Names(first)}."
            );
        }
    }

    private static string Names(TableRow first) =>
        first.Cells.Count == 0
            ? "the row has no column at all"
            : MessageText.OneLine($"the columns are '{string.Join("', '", first.Cells.Select(cell => cell.Key))}'");
}

/// <summary>How a table writes the answers to a pair.</summary>
internal enum AnswerLayout
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A column for the right ones, another for the wrong ones.</summary>
    Sides,

    /// <summary>One column: two answers, the right and the wrong one, or the right one alone.</summary>
    Label,

    /// <summary>A two-digit number, below which all are wrong.</summary>
    TwoDigits,

    /// <summary>A value that stands for a set.</summary>
    Value,

    /// <summary>Choices, and which of them is right.</summary>
    Choice,
}
