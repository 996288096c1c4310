using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>What was read from files of pairs, a row for each, and which prompts sets share.</summary>
internal static class ImportSettings
{
    private const int ReasonsShown = 3;

    internal static ImmutableArray<Setting> Of(ExperimentSpec spec, StudyTask task, ImportReport? imports) =>
        imports is null ? []
        : imports.Drawn is { } drawn ? [OfDrawn(drawn)]
        :
        [
            .. spec
                .Files.Single(files => files.Task == task.Name)
                .Pairs.Named.Zip(
                    imports.Sets,
                    (named, rows) =>
                        new Setting(
                            $"pairs of {named.Key}",
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{MessageText.OneLine(named.File.File)}: {rows.Usable:N0} of {rows.Rows:N0} rows"
                            ),
                            string.Join("; ", HowRead(rows))
                        )
                ),
            .. imports.Shared.Select(shared => new Setting("shared prompts", shared.Set, shared.ToString())),
        ];

    private static Setting OfDrawn(DrawnRows drawn) =>
        new(
            "rows",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{drawn.Usable:N0} of {drawn.Draws:N0} draws, {drawn.Repeated:N0} drawn before"
            ),
            string.Join("; ", [.. LeftOut(drawn.Dropped, drawn.Ceiling), Texts(drawn.Tokenizer, drawn.Prefix)])
        );

    private static IEnumerable<string> HowRead(ImportedRows rows)
    {
        foreach (string reason in LeftOut(rows.Dropped, rows.Ceiling))
        {
            yield return reason;
        }

        yield return rows.Tokenizer is { } tokenizer ? Texts(tokenizer, rows.Prefix) : "token ids";
        yield return rows.FirstTokenAnswers
            ? $"answers {rows.AnswerForm}, by their first token"
            : $"answers {rows.AnswerForm}";
        if (rows.AnswersLeftOut.Length > 0)
        {
            yield return $"{rows.AnswersLeftOut.Length} different texts of answers left out of sets that have others, because they are not one token";
        }
    }

    private static IEnumerable<string> LeftOut(DroppedRows[] reasons, double? share)
    {
        foreach (DroppedRows dropped in reasons.Take(ReasonsShown))
        {
            yield return $"{dropped.Count} left out: {dropped.Reason}";
        }

        if (reasons.Length > ReasonsShown)
        {
            yield return $"{reasons.Skip(ReasonsShown).Sum(dropped => dropped.Count)} left out for other reasons";
        }

        if (share is { } ceiling)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"at most {100 * ceiling:0.#}% can be answered rightly"
            );
        }
    }

    private static string Texts(string tokenizer, int[] prefix) =>
        $"texts by {tokenizer}, {(prefix.Length == 0 ? "nothing" : string.Join(' ', prefix))} before them";
}
