using System.Globalization;

namespace CircuitPipeline.Study;

/// <summary>Times and sizes as a person reads them.</summary>
internal static class Amounts
{
    /// <summary>A time in the unit in which a person would wait.</summary>
    internal static string Time(double seconds) =>
        seconds < 1 ? "under 1 s"
        : seconds < 90 ? string.Create(CultureInfo.InvariantCulture, $"about {seconds:0} s")
        : seconds < 5400 ? string.Create(CultureInfo.InvariantCulture, $"about {seconds / 60:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"about {seconds / 3600:0.#} h");

    /// <summary>A size in the unit that suits it.</summary>
    internal static string Bytes(long bytes) =>
        bytes <= 999.9e6
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e5) / 10:0.0} MB")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e8) / 10:0.0} GB");
}
