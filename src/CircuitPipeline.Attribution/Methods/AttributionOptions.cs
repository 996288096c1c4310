namespace CircuitPipeline.Attribution;

/// <summary>What is chosen about an attribution method; null where nothing is, which leaves the default.</summary>
public sealed record AttributionOptions
{
    /// <summary>Points of the integration path where none are given: the paper's number.</summary>
    public const int DefaultSteps = 5;

    /// <summary>Examples at a time, at least 1.</summary>
    public required int Batch { get; init; }

    /// <summary>For the estimated rest.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Points on a path, at least 1.</summary>
    /// <value>The default is 5.</value>
    public int? Steps { get; init; }

    /// <summary>Where the points lie.</summary>
    /// <value>The default is left.</value>
    public Quadrature? Quadrature { get; init; }

    /// <summary>What replaces a source's output.</summary>
    /// <value>The default is patching.</value>
    public Intervention? Intervention { get; init; }

    /// <summary>How the examples' scores become one.</summary>
    /// <value>The default is the mean over the examples.</value>
    public Aggregation? Aggregation { get; init; }

    /// <summary>Where a method's draws come from; it has no default.</summary>
    public long? Seed { get; init; }

    internal int StepsOrDefault => Steps ?? DefaultSteps;

    internal Intervention InterventionOrDefault => Intervention ?? Attribution.Intervention.Patching;

    internal Aggregation AggregationOrDefault => Aggregation ?? Attribution.Aggregation.PerExample;
}
