namespace CircuitPipeline.Reporting;

/// <summary>What a paired difference supports, in a sentence, and never more.</summary>
internal static class Verdict
{
    /// <summary>The pre-trained base is the unit of sampling; fewer of them support no claim.</summary>
    public const int BasesForAClaim = 5;

    public static string Of(PairedDifference difference) =>
        difference.Interval.Contains(0) ? "The interval includes zero: the data do not tell the two apart."
        : difference.Bases >= BasesForAClaim
            ? $"The interval excludes zero over {difference.Bases} base models: the data support a difference in this setting."
        : $"The interval excludes zero, but for {Plural.Of(difference.Bases, "base model")} only: other bases may differ, and fewer than {BasesForAClaim} support no claim.";
}
