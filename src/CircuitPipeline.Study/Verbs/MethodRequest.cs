using CircuitPipeline.Attribution;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Verbs;

/// <summary>How edges are scored; null leaves a value to the method's default.</summary>
public sealed record MethodRequest
{
    /// <summary>The method: one of <see cref="AttributionMethods.Names"/>.</summary>
    public required string Method { get; init; }

    /// <summary>Points of the integration path.</summary>
    public int? Steps { get; init; }

    /// <summary>Where the points are.</summary>
    public Quadrature? Quadrature { get; init; }

    /// <summary>How examples are put together.</summary>
    public Aggregation? Aggregation { get; init; }

    /// <summary>The seed of the method <c>random</c>.</summary>
    public int? Seed { get; init; }

    /// <summary>Makes the method with the batch that was asked for, or that the memory holds.</summary>
    /// <exception cref="InvalidExperimentException">The memory does not hold one pair.</exception>
    internal IEdgeAttribution CreateFor(LoadedMeasure loaded, MeasureRequest measure, TimeProvider time)
    {
        int batch = loaded.BatchOf(
            measure,
            positions => MemoryBound.OfGradients(loaded.Model.Config, loaded.Model.Dtype, RunsAtATime, positions)
        );
        return Create(measure with { Batch = batch, Memory = null }, time).Attribution;
    }

    // As the methods stack their runs; the bench 'memory' holds the bound against what is measured.
    private int RunsAtATime =>
        Method switch
        {
            Eap.Name => 1,
            CleanCorrupted.Name => 2,
            EapIgInputs.Name or EapIgActivations.Name => Steps ?? AttributionOptions.DefaultSteps,
            _ => throw new InvalidExperimentException(
                $"'--memory' cannot be used here, because no bound is declared for the method '{Method}'; give '--batch'."
            ),
        };

    /// <summary>Makes the method, and the metric that it reads.</summary>
    /// <exception cref="InvalidExperimentException">A metric is given to a method that reads none, or a memory to one without a bound.</exception>
    /// <exception cref="UndefinedCombinationException">The method does not take an option that is given, or lacks one.</exception>
    internal (IEdgeAttribution Attribution, Metric Metric) Create(MeasureRequest measure, TimeProvider time)
    {
        if (measure.Memory is not null)
            _ = RunsAtATime; // or it throws
        AttributionMethod method = AttributionMethods.Named(Method);
        // Two runs of the whole model are subtracted, and what one edge changes is below what 8 bits of a logit hold.
        if (measure.Dtype == "bfloat16" && Method == ExactPatching.Name)
            throw new InvalidExperimentException(
                $"'--dtype' is 'bfloat16', but the method '{Method}' subtracts logits that differ by less than it holds; use 'float32' or 'float64'."
            );
        if (!method.TakesMetric && measure.Metric is { } given)
            throw new InvalidExperimentException(
                $"'--metric' is {Quoted.Value(given)}, but the method '{method.Name}' reads no metric; leave it out."
            );
        IEdgeAttribution attribution = AttributionMethods.Create(
            Method,
            new AttributionOptions
            {
                Batch = measure.Batch,
                Time = time,
                Steps = Steps,
                Quadrature = Quadrature,
                Intervention = measure.Intervention,
                Aggregation = Aggregation,
                Seed = Seed,
            }
        );
        return (attribution, measure.MetricOrDefault);
    }
}
