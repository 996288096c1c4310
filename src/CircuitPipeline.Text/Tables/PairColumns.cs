using System.Collections.Immutable;
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
        ("label", null, AnswerLayout.Label),
    ];

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
            ? found
            : throw PromptFile.At(
                source,
                first.Line,
                $"'{MessageText.OneLine(sets.Path)}' gives sets of answers, but no column here stands for sets; name it with '--answer-column', or leave '--answer-sets' out."
            );
    }

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

        if (MultipleChoice.Of(first, corrupted) is { } choice)
        {
            return new PairColumns(clean, corrupted, AnswerLayout.Choice, choice.Right, choice.Wrong);
        }

        foreach ((string known, string? other, AnswerLayout layout) in Known)
        {
            if (first.Has(known) && (other is null || first.Has(other)))
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
            [] => throw PromptFile.At(
                source,
                first.Line,
                $"no column holds the {which} prompt ('{string.Join("', '", known is [] or ["corrupted"] ? ["corrupted", $"NAME{Counterfactual}.prompt"] : known)}'); there are {Names(first)}; name it with '--{which}-column'."
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
                $"there is no column '{MessageText.OneLine(column)}'; there are {Names(first)}."
            );
        }
    }

    private static string Names(TableRow first) =>
        MessageText.OneLine($"'{string.Join("', '", first.Cells.Select(cell => cell.Key))}'");
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

/// <summary>The columns of multiple choice in MIB's form: <c>choices.label</c> and the place <c>answerKey</c> in it.</summary>
internal static class MultipleChoice
{
    private const string Labels = "choices.label";
    private const string Key = "answerKey";

    public static (string Right, string? Wrong)? Of(TableRow first, string corrupted)
    {
        if (!first.Has(Labels) || !first.Has(Key))
        {
            return null;
        }

        string twin = corrupted.EndsWith(".prompt", StringComparison.Ordinal) ? corrupted[..^"prompt".Length] : "";
        return ("", twin.Length > 0 && first.Has(twin + Labels) ? twin : null);
    }

    /// <summary>The label of the right choice of a prompt whose columns begin with a prefix.</summary>
    public static string? AnswerOf(TableRow row, string prefix) =>
        row.At(prefix + Labels) is System.Text.Json.Nodes.JsonArray labels
        && row.At(prefix + Key)?.ToString() is { } key
        && int.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out int place)
        && place >= 0
        && place < labels.Count
        && labels[place]?.ToString() is { Length: > 0 } label
            ? label
            : null;
}
