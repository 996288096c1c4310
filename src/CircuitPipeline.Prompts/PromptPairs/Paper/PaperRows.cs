using System.Collections.Immutable;
using CircuitPipeline.Prompts.Files;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary>The rows of one of the paper's data files, and what is wrong with them.</summary>
public sealed class PaperRows
{
    private readonly ImmutableArray<PaperProblem> _ragged;

    internal PaperRows(string source, ImmutableArray<PaperRow> rows, ImmutableArray<PaperProblem> ragged)
    {
        Source = source;
        Rows = rows;
        _ragged = ragged;
    }

    /// <summary>The file's name for messages.</summary>
    public string Source { get; }

    /// <summary>The rows of three fields, in the file's order.</summary>
    public ImmutableArray<PaperRow> Rows { get; }

    /// <summary>Names every bad row: not three fields, a prompt of no known task, a wrong label, a prompt that stands twice, an unlike twin.</summary>
    /// <returns>The problems in the order of their lines; empty when every row is right.</returns>
    public ImmutableArray<PaperProblem> Problems() =>
        [.. _ragged.Concat(PaperChecks.Problems(this)).OrderBy(problem => problem.Line)];

    /// <summary>Refuses a file that has bad rows.</summary>
    /// <exception cref="InvalidDataException">A row is bad; the message names the first fifty, a line each.</exception>
    public void MustBeRight() => PaperProblems.MustBeNone(Problems());

    /// <summary>The rows as prompt pairs, the twin's answer worked out from the twin.</summary>
    /// <returns>One pair per row, in the file's order.</returns>
    /// <exception cref="InvalidDataException">A row is bad, or its corrupted prompt has no answer, as a sequence with one changed number.</exception>
    public ImmutableArray<PromptPair> ToPairs()
    {
        MustBeRight();
        return [.. Rows.Select(ToPair)];
    }

    private PromptPair ToPair(PaperRow row) =>
        PaperPrompt.Of(row.Corrupted)?.Answer is { } answer
            ? new PromptPair(row.Clean, row.Corrupted, row.Label, answer)
            : throw PromptFile.At(
                Source,
                row.Line,
                $"the corrupted prompt '{MessageText.End(row.Corrupted)}' has no answer, so the row makes no pair of answers."
            );
}

/// <summary>A row of one of the paper's data files.</summary>
/// <param name="Line">The line of the file on which it begins, from 1.</param>
/// <param name="Clean">The prompt, up to where the answer belongs.</param>
/// <param name="Corrupted">Its twin.</param>
/// <param name="Label">The clean prompt's answer.</param>
public sealed record PaperRow(int Line, string Clean, string Corrupted, string Label);
