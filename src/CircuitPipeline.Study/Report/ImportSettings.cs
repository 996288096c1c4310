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
        imports is null
            ? []
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

    private static IEnumerable<string> HowRead(ImportedRows rows)
    {
        foreach (DroppedRows dropped in rows.Dropped.Take(ReasonsShown))
        {
            yield return $"{dropped.Count} left out: {dropped.Reason}";
        }

        if (rows.Dropped.Length > ReasonsShown)
        {
            yield return $"{rows.Dropped.Skip(ReasonsShown).Sum(dropped => dropped.Count)} left out for other reasons";
        }

        if (rows.Ceiling is { } ceiling)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"at most {100 * ceiling:0.#}% can be answered rightly"
            );
        }

        yield return rows.Tokenizer is { } tokenizer
            ? $"texts by {tokenizer}, {(rows.Prefix.Length == 0 ? "nothing" : string.Join(' ', rows.Prefix))} before them"
            : "token ids";
        yield return rows.FirstTokenAnswers
            ? $"answers {rows.AnswerForm}, by their first token"
            : $"answers {rows.AnswerForm}";
        if (rows.AnswersLeftOut.Length > 0)
        {
            yield return $"{rows.AnswersLeftOut.Length} different texts of answers left out of sets that have others, because they are not one token";
        }
    }
}
