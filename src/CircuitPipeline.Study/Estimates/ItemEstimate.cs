using System.Globalization;

namespace CircuitPipeline.Study.Estimates;

/// <summary>What a work item will take, from the shape of its model.</summary>
/// <param name="Operations">Multiplications and additions of its products.</param>
/// <param name="LayerCalls">How often it goes through a layer, which costs something however small the layer is.</param>
/// <param name="MemoryBytes">The most memory.</param>
/// <param name="DiskBytes">What it leaves in the store.</param>
public sealed record ItemEstimate(double Operations, double LayerCalls, long MemoryBytes, long DiskBytes)
{
    // Of libtorch's and our own work around the products of one layer; measured on the default study, where it is half of the time.
    private const double SecondsPerLayerCall = 0.6e-3;

    /// <summary>Seconds that it takes.</summary>
    /// <param name="rate">Operations a second, as of <see cref="ProductRate"/>.</param>
    public double Seconds(double rate) => Operations / rate + LayerCalls * SecondsPerLayerCall;

    /// <summary>The estimate as the end of a line.</summary>
    /// <param name="rate">Operations a second.</param>
    public string Text(double rate) => $"{Time(Seconds(rate))}, {Bytes(MemoryBytes)}, {Bytes(DiskBytes)} on disk";

    /// <summary>A time in the unit in which a person would wait.</summary>
    internal static string Time(double seconds) =>
        seconds < 1 ? "under 1 s"
        : seconds < 90 ? string.Create(CultureInfo.InvariantCulture, $"about {seconds:0} s")
        : seconds < 5400 ? string.Create(CultureInfo.InvariantCulture, $"about {seconds / 60:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"about {seconds / 3600:0.#} h");

    /// <summary>A size in the unit that suits it.</summary>
    internal static string Bytes(long bytes) =>
        bytes < 1e9
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e5) / 10:0.0} MB")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e8) / 10:0.0} GB");
}
