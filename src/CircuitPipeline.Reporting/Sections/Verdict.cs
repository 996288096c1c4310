using CircuitPipeline.Reporting.Answers;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Sections;

/// <summary>What a paired difference supports, in a sentence, and never more.</summary>
internal static class Verdict
{
    public static string Of(PairedDifference difference) =>
        difference.Interval.Contains(0) ? "The interval includes zero: the data do not tell the two apart."
        : difference.Bases >= AnswerVerdicts.BasesForAClaim
            ? $"The interval excludes zero over {difference.Bases} base models: the data support a difference in this setting."
        : $"The interval excludes zero, but for {Plural.Of(difference.Bases, "base model")} only: other bases may differ, and fewer than {AnswerVerdicts.BasesForAClaim} support no claim.";
}
