using CircuitPipeline.Attribution;

namespace CircuitPipeline.Experiments;

/// <summary>What <see cref="EdgeDiscovery"/> is asked for; null leaves a value to the method's default.</summary>
public sealed record DiscoveryRequest
{
    /// <summary>Model, pairs and how they are run.</summary>
    public required MeasureRequest Measure { get; init; }

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

    /// <summary>Where the scores are written.</summary>
    public required string Output { get; init; }
}
