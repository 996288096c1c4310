using System.Diagnostics;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Attribution;

/// <summary>Turns sums over examples into edge scores that say how they were made.</summary>
internal static class Scores
{
    internal static EdgeScores Of(
        EdgeSums sums,
        EncodedPairs pairs,
        Metric metric,
        string method,
        Intervention intervention,
        int? steps = null,
        Quadrature? quadrature = null
    ) =>
        new(
            sums.Graph,
            [.. sums.Means(pairs.Count)],
            new ScoreOrigin
            {
                Method = method,
                Steps = steps,
                Quadrature = quadrature?.ToString().ToLowerInvariant(),
                Metric = metric.Name,
                Intervention = Word(intervention),
                Aggregation = "mean",
                Examples = pairs.Count,
            }
        );

    private static string Word(Intervention intervention) =>
        intervention switch
        {
            Intervention.Patching => "patching",
            Intervention.Zero => "zero",
            Intervention.Mean => "mean",
            Intervention.MeanPositional => "mean-positional",
            _ => throw new UnreachableException(),
        };
}
