using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tables;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A file of prompt pairs, read for a model.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Tokenizer">The file that made token ids of texts; null where the rows are token ids.</param>
/// <param name="Prefix">What it put before every prompt.</param>
internal sealed record PairsOfModel(ImportedPairs Rows, string? Tokenizer, ImmutableArray<int> Prefix)
{
    /// <summary>The right answers to the first pair as a text, by which a reader sees whether ids are of this tokenizer; null without one.</summary>
    internal string? FirstRight { get; init; }

    /// <summary>Its wrong answers, likewise.</summary>
    internal string? FirstWrong { get; init; }

    /// <summary>What a reader of a result must know of the rows.</summary>
    internal IEnumerable<string> Warnings
    {
        get
        {
            if (Rows.Unusable.Length > 0)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Rows.Unusable.Length:N0} of {Rows.Rows:N0} rows of '{Rows.Source}' make no pair and were left out; 'circuit inspect' says why."
                );
            }

            foreach (string warning in WarningsOfUsable)
            {
                yield return warning;
            }
        }
    }

    /// <summary>The part of it that concerns the rows that make a pair.</summary>
    internal IEnumerable<string> WarningsOfUsable
    {
        get
        {
            if (Rows.HasUncheckedIds)
            {
                yield return $"the answers in '{Rows.Source}' are token ids, right only for the tokenizer that the file was made with; in this one the first right answer is '{MessageText.OneLine(FirstRight)}'.";
            }

            if (Rows.MergedAnswers > 0)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"the right answer merges with the end of the prompt in {Rows.MergedAnswers:N0} of {Rows.Usable.Length:N0} rows of '{Rows.Source}': encoded together they are other tokens, so that the model has hardly met this answer there; see '--answer-form'."
                );
            }

            if (Rows.AnswersLeftOut.Length > 0)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"texts of answers that are not one token were left out of sets that have others: {Rows.AnswersLeftOut.Length:N0}, '{MessageText.OneLine(Rows.AnswersLeftOut[0])}' among them."
                );
            }
        }
    }

    /// <summary>What scores keep of it; null where the rows were taken as they are.</summary>
    internal PairsOrigin? Origin(PairsInput input) =>
        Rows.AreAsTheyWere && !input.Options.FirstTokenAnswers && Tokenizer is (null or VocabularyFile.Name)
            ? null
            : new PairsOrigin(Rows.Rows, Rows.Unusable.Length, Tokenizer, Prefix, input.Options.FirstTokenAnswers)
            {
                AnswersLeftOut = Rows.AnswersLeftOut.Length,
                MergedAnswers = Rows.MergedAnswers,
            };

    /// <summary>Refuses tokens and lengths that the model does not have.</summary>
    /// <exception cref="InvalidDataException">A row has one; its line is named.</exception>
    internal void MustFit(TransformerConfig config)
    {
        if (MisfitOf(config) is { } sentence)
        {
            throw new InvalidDataException(sentence);
        }
    }

    /// <summary>The first row whose tokens or length the model does not have, in a sentence; null where there is none.</summary>
    internal string? MisfitOf(TransformerConfig config)
    {
        (int Line, PairMisfit? Why)[] rows =
        [
            .. Rows
                .Usable.Select(row => (row.Line, Why: PairMisfit.Of(row.Pair, config.DVocab, config.NCtx)))
                .Where(row => row.Why is not null),
        ];
        string others =
            rows.Length > 1
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"; of {Rows.Usable.Length:N0} rows {rows.Length:N0} do not fit the model"
                )
                : "";
        return rows.Length == 0 ? null : $"{Rows.Source}({rows[0].Line}): the row {rows[0].Why}{others}.";
    }
}
