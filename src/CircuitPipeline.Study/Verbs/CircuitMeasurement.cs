using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Verbs;

/// <summary>Runs a circuit in a file beside its whole model: the verb <c>evaluate</c>.</summary>
public static class CircuitMeasurement
{
    /// <summary>Reads model, circuit and pairs, and measures.</summary>
    /// <param name="request">Model, pairs and how they are run.</param>
    /// <param name="circuitFile">The circuit's file.</param>
    /// <param name="complement">Whether the edges outside the circuit are measured too: its completeness.</param>
    /// <param name="time">For the estimated rest.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns>The circuit and what was measured.</returns>
    /// <exception cref="InvalidExperimentException">The circuit is of another model, or the machine lacks the device.</exception>
    /// <exception cref="InvalidCircuitException">The circuit cannot be read.</exception>
    /// <exception cref="AttributionDivergedException">A value is not a finite number.</exception>
    public static MeasuredCircuit Run(
        MeasureRequest request,
        string circuitFile,
        bool complement,
        TimeProvider time,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        Metric metric = request.MetricOrDefault;
        Circuit circuit = CircuitFile.Read(circuitFile);
        using LoadedMeasure loaded = LoadedMeasure.Of(request);
        CircuitEvaluator evaluator = loaded.Evaluator(request, time);
        return Asked.For(() =>
        {
            CircuitCompleteness? both = complement
                ? evaluator.Completeness(loaded.Model, circuit, loaded.Pairs, metric, report, cancellation)
                : null;
            return new MeasuredCircuit(
                circuit,
                metric.Name,
                EnumNames.Of(evaluator.Intervention),
                both?.Circuit ?? evaluator.Evaluate(loaded.Model, circuit, loaded.Pairs, metric, report, cancellation),
                both?.Complement
            );
        });
    }

    /// <summary>Reads model, scores and pairs, and measures circuits of growing size: faithfulness, CPR and CMD.</summary>
    /// <param name="request">Model, pairs and how they are run.</param>
    /// <param name="scoresFile">The scores' file.</param>
    /// <param name="signed">Whether a score's sign counts when edges are chosen.</param>
    /// <param name="time">For the estimated rest.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="InvalidExperimentException">The scores are of another model, or the machine lacks the device.</exception>
    /// <exception cref="InvalidCircuitException">The scores cannot be read.</exception>
    /// <exception cref="AttributionDivergedException">A value is not a finite number.</exception>
    public static FaithfulnessCurve Curve(
        MeasureRequest request,
        string scoresFile,
        bool signed,
        TimeProvider time,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        EdgeScores scores = ScoresFile.Read(scoresFile);
        Metric metric = request.MetricOrDefault;
        using LoadedMeasure loaded = LoadedMeasure.Of(request);
        CircuitEvaluator evaluator = loaded.Evaluator(request, time);
        return Asked.For(() =>
            evaluator.Curve(loaded.Model, scores, loaded.Pairs, metric, signed, report, cancellation)
        );
    }
}
