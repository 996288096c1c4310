using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Text.Tables;

/// <summary>How a file of prompt pairs is read where its columns do not say it.</summary>
public sealed record PairsOptions
{
    /// <summary>The clean prompt's column; null for <c>clean</c> or <c>prompt</c>.</summary>
    public string? CleanColumn { get; init; }

    /// <summary>The corrupted prompt's column; null for <c>corrupted</c> or a counterfactual's prompt.</summary>
    public string? CorruptedColumn { get; init; }

    /// <summary>The column of the right answers; null for what <see cref="PairColumns"/> finds.</summary>
    public string? AnswerColumn { get; init; }

    /// <summary>The column of the wrong answers; null for none where <see cref="AnswerColumn"/> is given.</summary>
    public string? CorruptedAnswerColumn { get; init; }

    /// <summary>The sets that the values of the answer column stand for; null where they stand for themselves.</summary>
    public AnswerSetsFile? AnswerSets { get; init; }

    /// <summary>How an answer's text goes on after the prompt.</summary>
    public AnswerForm Form { get; init; } = AnswerForm.Spaced;

    /// <summary>Whether the first token stands for an answer of several; else such a row is unusable.</summary>
    public bool FirstTokenAnswers { get; init; }

    /// <summary>Which answers a row must have to be usable; the others are read where they are one token each.</summary>
    public NeededAnswers Needs { get; init; } = NeededAnswers.Right;
}

/// <summary>How an answer's text goes on after the prompt.</summary>
public enum AnswerForm
{
    /// <summary>After one blank, where neither the prompt ends nor the answer begins with white space: <c>… =</c> and <c> 26</c>.</summary>
    Spaced,

    /// <summary>At once, as it is written.</summary>
    Exact,
}
