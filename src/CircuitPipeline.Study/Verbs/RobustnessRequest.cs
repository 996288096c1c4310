namespace CircuitPipeline.Study.Verbs;

/// <summary>What <see cref="CircuitRobustness"/> is asked for.</summary>
public sealed record RobustnessRequest
{
    /// <summary>Model, pairs and how they are run.</summary>
    public required MeasureRequest Measure { get; init; }

    /// <summary>How edges are scored.</summary>
    public required MethodRequest Method { get; init; }

    /// <summary>How many edges each circuit gets, by absolute score, before it is pruned.</summary>
    public required EdgeAmount Edges { get; init; }

    /// <summary>Where other pairs come from: one of <see cref="CircuitRobustness.Ways"/>.</summary>
    public required string By { get; init; }

    /// <summary>How many circuits are found with other pairs.</summary>
    /// <value>The default is 5, the paper's.</value>
    public int Times { get; init; } = 5;

    /// <summary>The share of the pairs that is perturbed, 0 to 1; for <c>perturbed</c> only.</summary>
    public double? Share { get; init; }

    /// <summary>The seed of the draws.</summary>
    public int Seed { get; init; }
}
