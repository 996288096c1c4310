using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Verbs;

/// <summary>Scores the edges of a model in a folder: the verb <c>attribute</c>.</summary>
public static class EdgeDiscovery
{
    /// <summary>Reads model and pairs, scores every edge, and writes the scores.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="time">For the estimated rest.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops before the next batch; nothing is written then.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="InvalidExperimentException">An option has no meaning for the method, or the machine lacks the device.</exception>
    /// <exception cref="AttributionDivergedException">A value is not a finite number.</exception>
    public static EdgeScores Run(
        DiscoveryRequest request,
        TimeProvider time,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        MeasureRequest measure = request.Measure;
        Metric metric = request.Method.Create(measure, time).Metric; // what does not fit is refused before anything is read
        OutputFile output = OutputFile.At(request.Output, "--out");
        using LoadedMeasure loaded = LoadedMeasure.Of(measure);
        EdgeScores computed = request
            .Method.CreateFor(loaded, measure, time)
            .Attribute(loaded.Model, loaded.Pairs, metric, report, cancellation);
        EdgeScores scores = new(
            computed.Graph,
            computed.Values,
            computed.Origin with
            {
                Dtype = measure.Dtype,
                Device = measure.Device,
                Threads = measure.Threads,
                Numerics = measure.Engine.Numerics,
            }
        );
        output.Write(ScoresFile.Write(scores));
        return scores;
    }
}
