using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Reporting.Statistics;

namespace CircuitPipeline.Reporting.Answers;

/// <summary>Jaccard indices and their differences as answers show them.</summary>
internal static class AnswerNumbers
{
    /// <summary>Two digits, and no sign before a zero.</summary>
    public static string Index(double value) => NumberFormat.Number(Math.Round(value, 2) + 0.0, 2);

    /// <summary>A mean over base models with its interval; three digits, since it may end close to zero.</summary>
    public static string WithInterval(double mean, Interval? interval, int bases) =>
        interval is { } known
            ? $"{Precise(mean)}, 95 % interval {Precise(known.Low)} to {Precise(known.High)} over {bases} base models"
            : $"{Precise(mean)}, no interval: one base model";

    private static string Precise(double value) => NumberFormat.Number(Math.Round(value, 3) + 0.0, 3);
}
