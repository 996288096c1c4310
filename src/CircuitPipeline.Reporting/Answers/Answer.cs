namespace CircuitPipeline.Reporting.Answers;

/// <summary>A question of the paper and what the study says to it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Verdict">The answer in a word or two.</param>
/// <param name="Short">What was measured, in a few words, for a table.</param>
/// <param name="Sentence">The answer in plain words, and whether the data support it.</param>
/// <param name="Facts">What it rests on, a name and a text each: measured, interval, floor, the paper's own number.</param>
internal sealed record Answer(
    string Question,
    AnswerVerdict Verdict,
    string Short,
    string Sentence,
    (string Name, string Text)[] Facts
);

/// <summary>What the data say to a question.</summary>
internal enum AnswerVerdict
{
    /// <summary>What is asked holds: the interval excludes zero, over enough bases.</summary>
    Yes,

    /// <summary>The opposite holds, likewise.</summary>
    No,

    /// <summary>There are enough bases, and the interval includes zero.</summary>
    CannotTell,

    /// <summary>Too few base models.</summary>
    NotEnoughData,
}

/// <summary>Verdicts as the page shows them.</summary>
internal static class AnswerVerdicts
{
    /// <summary>The pre-trained base is the unit of sampling; fewer of them support no claim.</summary>
    public const int BasesForAClaim = 5;

    public static string Text(AnswerVerdict verdict) =>
        verdict switch
        {
            AnswerVerdict.Yes => "Yes",
            AnswerVerdict.No => "No",
            AnswerVerdict.CannotTell => "Cannot tell",
            _ => "Not enough data",
        };

    /// <summary>The mark of a verdict, as its style is called.</summary>
    public static string Mark(AnswerVerdict verdict) =>
        verdict switch
        {
            AnswerVerdict.Yes => "yes",
            AnswerVerdict.No => "no",
            _ => "open",
        };

    /// <summary>Why there is no answer, of so many bases.</summary>
    public static string TooFew(int bases) =>
        bases == 1
            ? "One base model cannot say whether another would show the same."
            : $"{bases} base models are fewer than the {BasesForAClaim} that a claim needs.";
}
