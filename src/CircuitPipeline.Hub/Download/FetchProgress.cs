using System.Globalization;

namespace CircuitPipeline.Hub.Download;

/// <summary>How far the download is.</summary>
/// <param name="File">The file that is being brought.</param>
/// <param name="Done">Bytes that are there, of all files.</param>
/// <param name="Total">Bytes of all files that are known to be needed.</param>
/// <param name="Remaining">How long the rest takes at the speed so far.</param>
public sealed record FetchProgress(string File, long Done, long Total, TimeSpan Remaining)
{
    private const double Mega = 1e6;

    /// <summary>One line for a person.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{File}, {Done / Mega:N1} of {Total / Mega:N1} MB, about {Math.Ceiling(Remaining.TotalSeconds):N0} s left"
        );
}
