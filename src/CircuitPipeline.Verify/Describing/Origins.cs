using System.Globalization;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Verify;

/// <summary>Describes how circuits and scores were made, and how their snapshot is compared.</summary>
internal static class Origins
{
    public static IEnumerable<Header> Of(ScoreOrigin? origin)
    {
        if (origin is null)
        {
            return [];
        }
        string?[] method = [origin.Method, Steps(origin), origin.Quadrature, origin.Intervention];
        return
        [
            new Header("method", string.Join(", ", method.Where(part => part is not null))),
            new Header(
                "metric",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{origin.Metric}, {origin.Aggregation} of {origin.Examples} examples"
                )
            ),
        ];
    }

    public static string Selection(Circuit circuit) =>
        $"{circuit.Selection.Selector}, {circuit.Selection.EdgesAsked} edges asked, by {(circuit.Selection.Signed ? "signed" : "absolute")} score";

    public static IEnumerable<Header> Rules(bool hasScores, SnapshotTolerance? tolerance) =>
        [
            new Header("scores", hasScores ? Number.Rule : "none"),
            new Header("tolerance", tolerance?.ToString() ?? "none, all is compared exactly"),
        ];

    private static string? Steps(ScoreOrigin origin) => origin.Steps is int steps ? $"{steps} steps" : null;
}
