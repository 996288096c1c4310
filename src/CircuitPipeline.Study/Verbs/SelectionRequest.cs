namespace CircuitPipeline.Study.Verbs;

/// <summary>What <see cref="CircuitSelection"/> is asked for.</summary>
public sealed record SelectionRequest
{
    /// <summary>The file of scores.</summary>
    public required string Scores { get; init; }

    /// <summary>The rule: one of <see cref="CircuitSelection.Selectors"/>.</summary>
    public required string Selector { get; init; }

    /// <summary>How many edges, for rules that choose a number.</summary>
    public EdgeAmount? Edges { get; init; }

    /// <summary>How many nodes, for the rule <c>top-nodes</c>.</summary>
    public int? Nodes { get; init; }

    /// <summary>The least score, for the rule <c>threshold</c>.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether a score's sign counts; else its absolute value does.</summary>
    public bool Signed { get; init; }

    /// <summary>Whether nodes that no signal passes are dropped, and then their edges.</summary>
    /// <value>The default is true.</value>
    public bool Prune { get; init; } = true;

    /// <summary>Where the circuit is written.</summary>
    public required string Output { get; init; }
}
