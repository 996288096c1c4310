using System.Globalization;

namespace CircuitPipeline.Verify;

/// <summary>Scores as snapshots write them.</summary>
internal static class Number
{
    /// <summary>How scores are rounded, as snapshots say it.</summary>
    public const string Rule = "rounded to 4 significant digits, ties to even";

    /// <summary>A score's text; minus zero is zero.</summary>
    public static string Text(double? value) =>
        (value is null or 0 ? 0 : value.Value).ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>The number of a text; null when it is none.</summary>
    public static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;
}
