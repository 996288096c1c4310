namespace CircuitPipeline.Circuits.Scores;

/// <summary>How edge scores were made: everything that changes their meaning or their scale.</summary>
public sealed record ScoreOrigin
{
    /// <summary>What the sign of every score says; written into each artifact.</summary>
    public const string SignConvention = "a positive score says that the edge helps";

    /// <summary>Of scores that came without a word about where they are from.</summary>
    public static ScoreOrigin Unknown { get; } =
        new()
        {
            Method = "unknown",
            Metric = "unknown",
            Intervention = "unknown",
            Aggregation = "unknown",
            Examples = 0,
        };

    /// <summary>The attribution method: <c>eap-ig-inputs</c>, <c>exact</c>, …</summary>
    public required string Method { get; init; }

    /// <summary>Points of the integration, for methods that integrate.</summary>
    public int? Steps { get; init; }

    /// <summary>Where the points lie: <c>left</c>, <c>right</c>, <c>midpoint</c>.</summary>
    public string? Quadrature { get; init; }

    /// <summary>The metric whose change is attributed: <c>logit-difference</c>, …</summary>
    public required string Metric { get; init; }

    /// <summary>What replaces an edge's value: <c>patching</c>, …</summary>
    public required string Intervention { get; init; }

    /// <summary>How the examples' scores became one: <c>mean</c> is their sum divided by their number.</summary>
    public required string Aggregation { get; init; }

    /// <summary>What was computed in: <c>float32</c>, <c>float64</c>; null where it is unknown.</summary>
    public string? Dtype { get; init; }

    /// <summary>Where it was computed: <c>cpu</c>, <c>cuda</c>; null where it is unknown.</summary>
    public string? Device { get; init; }

    /// <summary>Threads inside the computation, with which sums differ in the last bits; null where it is unknown.</summary>
    public int? Threads { get; init; }

    /// <summary>Which of a processor's instructions were used: <c>fast</c>, <c>reproducible</c>; null where it is unknown.</summary>
    public string? Numerics { get; init; }

    /// <summary>What was made of the file of pairs; null where it was taken as it is, and where it is unknown.</summary>
    public PairsOrigin? Pairs { get; init; }

    /// <summary>Which model was asked; null where it is unknown, and in a study, whose own files say it.</summary>
    public ModelOrigin? Model { get; init; }

    /// <summary>Number of examples; 0 where it is unknown.</summary>
    public required int Examples { get; init; }
}
