using System.Globalization;
using CircuitPipeline.Reporting.Statistics;

namespace CircuitPipeline.Reporting.Html;

/// <summary>Numbers as the page shows them: the same in every culture, with a real minus sign.</summary>
internal static class NumberFormat
{
    public const string Nothing = "–";

    public static string Count(long count) => Format(count, "#,0");

    public static string Number(double? value, int digits) =>
        value is double number ? Format(number, "0." + new string('0', digits)) : Nothing;

    public static string Percent(double? share) => share is double s ? Format(100 * s, "0.0") + " %" : Nothing;

    public static string Interval(Interval interval) =>
        $"{Format(100 * interval.Low, "0.0")} to {Format(100 * interval.High, "0.0")} %";

    /// <summary>A difference of shares, in points, with its sign.</summary>
    public static string Points(double difference) => Format(100 * difference, "+0.0;-0.0;0.0");

    public static string PointInterval(Interval interval) => $"{Points(interval.Low)} to {Points(interval.High)}";

    /// <summary>Three significant digits, for numbers of unknown size.</summary>
    public static string Significant(double value) =>
        value is 0 || Math.Abs(value) is >= 0.001 and < 100_000 ? Format(value, "0.###") : Format(value, "0.00e0");

    public static string Seconds(double seconds) =>
        seconds < 60
            ? Format(seconds, "0.0") + " s"
            : Format(Math.Floor(seconds / 60), "0") + " min " + Format(Math.Floor(seconds % 60), "00") + " s";

    public static string Layers(IEnumerable<int> layers) =>
        string.Join(", ", layers) is { Length: > 0 } text ? text : Nothing;

    private static string Format(double value, string format) =>
        double.IsFinite(value)
            ? value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−')
            : throw new ArgumentException(
                $"A number of the results is '{value.ToString(CultureInfo.InvariantCulture)}', but the report shows finite numbers only; leave out what was not measured."
            );
}
