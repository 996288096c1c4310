using System.Globalization;

namespace CircuitPipeline.Attribution;

/// <summary>How far an attribution or evaluation is, after a batch.</summary>
/// <param name="Done">Examples done.</param>
/// <param name="Total">Examples in all.</param>
/// <param name="Remaining">Estimated time to the end, at the speed so far.</param>
public sealed record AttributionProgress(int Done, int Total, TimeSpan Remaining)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Done:N0} of {Total:N0} examples, about {Math.Ceiling(Remaining.TotalSeconds):N0} s left"
        );
}
