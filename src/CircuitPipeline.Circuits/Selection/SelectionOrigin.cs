namespace CircuitPipeline.Circuits;

/// <summary>How a circuit's edges were chosen.</summary>
/// <param name="Selector">The rule: <c>top-n</c>, <c>greedy</c>, <c>threshold</c>, <c>top-nodes</c>, <c>union</c>, …</param>
/// <param name="EdgesAsked">The number of edges that the rule was asked for; of one that is asked for none, the number that it chose.</param>
/// <param name="Signed">Whether scores were compared with their sign; else by absolute value.</param>
public sealed record SelectionOrigin(string Selector, int EdgesAsked, bool Signed)
{
    /// <summary>The score from which on edges were chosen; null for a rule without one.</summary>
    public double? Threshold { get; init; }

    /// <summary>The number of nodes that the rule was asked for; null for a rule that chooses edges.</summary>
    public int? NodesAsked { get; init; }

    /// <summary>Of a circuit that came without a word about how it was chosen.</summary>
    /// <param name="edges">The number of its edges.</param>
    /// <returns>An origin that says so.</returns>
    public static SelectionOrigin Unknown(int edges) => new("unknown", edges, Signed: false);
}
