namespace CircuitPipeline.Study.Verbs;

/// <summary>What <see cref="EdgeDiscovery"/> is asked for.</summary>
public sealed record DiscoveryRequest
{
    /// <summary>Model, pairs and how they are run.</summary>
    public required MeasureRequest Measure { get; init; }

    /// <summary>How edges are scored.</summary>
    public required MethodRequest Method { get; init; }

    /// <summary>Where the scores are written.</summary>
    public required string Output { get; init; }
}
