using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Experiments;

/// <summary>Runs a circuit in a file beside its whole model: the verb <c>evaluate</c>.</summary>
public static class CircuitMeasurement
{
    /// <summary>Reads model, circuit and pairs, and measures.</summary>
    /// <param name="request">Model, pairs and how they are run.</param>
    /// <param name="circuitFile">The circuit's file.</param>
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
        TimeProvider time,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        Metric metric = Metrics.Named(request.Metric ?? Metrics.LogitDifference.Name, request.KlReference);
        Intervention intervention = request.Intervention ?? Intervention.Patching;
        Circuit circuit = CircuitFile.Read(circuitFile);
        using LoadedMeasure loaded = LoadedMeasure.Of(request);
        CircuitEvaluator evaluator = new(request.Batch, time, intervention);
        CircuitEvaluation evaluation = Asked.For(() =>
            evaluator.Evaluate(loaded.Model, circuit, loaded.Pairs, metric, report, cancellation)
        );
        return new MeasuredCircuit(circuit, metric.Name, Words.Of(intervention), evaluation);
    }
}
