using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Text.Tables;

namespace CircuitPipeline.Study.Imports;

/// <summary>Whether the study's model can be asked the pairs of a file, and be trained on them.</summary>
/// <param name="spec">The experiment.</param>
/// <param name="model">The model.</param>
/// <param name="file">The file as the experiment names it.</param>
internal sealed class SetChecks(ExperimentSpec spec, AskedModel model, string file)
{
    /// <summary>Refuses tokens and lengths that the model does not have.</summary>
    /// <exception cref="UnusableSetException">A row has one.</exception>
    internal void MustFit(ImportedPairs rows)
    {
        foreach (UsableRow row in rows.Usable)
        {
            if (PairMisfit.Of(row.Pair, model.DVocab, model.NCtx) is { } misfit)
            {
                throw At(
                    row,
                    misfit.IsLength
                        ? $"has a prompt of {misfit.Found} tokens, but {model.LengthFrom} is {misfit.Largest}; {model.LengthAdvice}"
                        : $"has the token id {misfit.Found}, but {model.TokensFrom} has 0 to {misfit.Largest}; give pairs of this vocabulary, or texts"
                );
            }
        }
    }

    /// <summary>Refuses what cannot be trained on: several answers to a prompt, one that would be cut off, less than a batch.</summary>
    /// <exception cref="UnusableSetException">A row cannot, or there are too few.</exception>
    internal void MustTrain(ImportedPairs rows)
    {
        TrapsSpec open = spec.OpenTraps;
        foreach (UsableRow row in rows.Usable)
        {
            if (row.Pair.Answers.Length != 1)
            {
                throw At(
                    row,
                    $"has {row.Pair.Answers.Length} right answers, but training needs exactly one; give one answer a row here, sets are for the other keys"
                );
            }

            if (AnswerRoom.Problem(row.Pair, open) is { } problem)
            {
                throw At(row, problem);
            }
        }

        int batch = spec.FineTune.Batch;
        if (rows.Usable.Length < batch)
        {
            throw new UnusableSetException(
                "file",
                $"is '{MessageText.OneLine(file)}' with {rows.Usable.Length} usable rows, fewer than one batch, 'fine_tune.batch' {batch}; give more rows, or make the batch smaller."
            );
        }
    }

    /// <summary>Refuses fewer rows than parts that circuits are found with, and parts of which a share has no pairs to exchange.</summary>
    /// <exception cref="UnusableSetException">There are too few.</exception>
    internal void MustSplit(ImportedPairs rows, RobustnessSpec robustness)
    {
        string found = $"is '{MessageText.OneLine(file)}' with {rows.Usable.Length} usable rows";
        if (rows.Usable.Length < robustness.Parts)
        {
            throw new UnusableSetException(
                "file",
                $"{found}, fewer than the parts that circuits are found with, 'discover.robustness.splits' {robustness.Parts}; give more rows, or ask for fewer parts."
            );
        }

        if (robustness.ProblemOfShares(rows.Usable.Length, "") is { } problem)
        {
            throw new UnusableSetException(
                "file",
                $"{found}, of whose parts 'discover.robustness.perturbed_percent' {problem}"
            );
        }
    }

    private UnusableSetException At(UsableRow row, string problem) =>
        new("file", $"is '{MessageText.OneLine(file)}', whose row in line {row.Line} {problem}.");
}
