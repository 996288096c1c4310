using System.Collections.Immutable;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts;

namespace CircuitPipeline.Study.Verbs;

/// <summary>Finds circuits again with other pairs and compares them: the verb <c>robustness</c>.</summary>
public static class CircuitRobustness
{
    private const string Perturbed = "perturbed";

    /// <summary>Where other pairs come from: disjoint parts, draws with repetition, or other twins for a share of the pairs.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["splits", "resampled", Perturbed];

    /// <summary>Reads model and pairs, finds the circuits, and compares every two of them.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="time">For the estimated rest.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns>How much the circuits agree; with <c>perturbed</c> the first circuit is that of the pairs as they are.</returns>
    /// <exception cref="InvalidExperimentException">There are too few pairs or edges, or an option has no meaning.</exception>
    /// <exception cref="AttributionDivergedException">A value is not a finite number.</exception>
    public static CircuitStability Run(
        RobustnessRequest request,
        TimeProvider time,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        MustHaveShare(request);
        Metric metric = request.Method.Create(request.Measure, time).Metric; // what does not fit is refused before anything is read
        using LoadedMeasure loaded = LoadedMeasure.Of(request.Measure);
        IEdgeAttribution attribution = request.Method.CreateFor(loaded, request.Measure, time);
        ImmutableArray<EncodedPairs> samples = Asked.For(() => Samples(loaded.Pairs, request));
        ImmutableArray<Circuit> circuits =
        [
            .. samples.Select(pairs =>
            {
                EdgeScores scores = attribution.Attribute(loaded.Model, pairs, metric, report, cancellation);
                return Asked.For(() => new TopN(request.Edges.Of(scores.Graph)).Select(scores)).Prune();
            }),
        ];
        return Asked.For(() => CircuitStability.Of(circuits));
    }

    private static ImmutableArray<EncodedPairs> Samples(EncodedPairs pairs, RobustnessRequest request)
    {
        (int least, int most) = request.By switch
        {
            "splits" => (2, pairs.Count),
            Perturbed => (1, int.MaxValue),
            _ => (2, int.MaxValue),
        };
        if (request.Times < least || request.Times > most)
            throw new InvalidExperimentException(
                $"'--times' is '{request.Times}', but '{request.By}' of {pairs.Count} pairs needs {least} or more"
                    + $"{(most == int.MaxValue ? "" : $", and at most {most}")}."
            );
        SeededRandom random = new(request.Seed);
        return request.By switch
        {
            "splits" => PairSamples.Splits(pairs, request.Times, random),
            "resampled" => [.. Drawn(() => PairSamples.Resampled(pairs, random))],
            Perturbed => [pairs, .. Drawn(() => PairSamples.Perturbed(pairs, request.Share!.Value, random))],
            _ => throw new InvalidExperimentException(
                $"'--by' is {Quoted.Value(request.By)}. {Spelling.Advice(request.By, Ways)}"
            ),
        };

        IEnumerable<EncodedPairs> Drawn(Func<EncodedPairs> draw) =>
            Enumerable.Range(0, request.Times).Select(_ => draw());
    }

    private static void MustHaveShare(RobustnessRequest request)
    {
        if (request.By == Perturbed != request.Share is not null)
            throw new InvalidExperimentException(
                request.Share is null
                    ? $"'--share' is missing, but '{Perturbed}' needs it."
                    : $"'--share' has no meaning for '{request.By}', only for '{Perturbed}'."
            );
    }
}
