using CircuitPipeline.Circuits;

namespace CircuitPipeline.Reporting;

/// <summary>The change that resampling alone makes: two circuits of the SAME model, from disjoint pairs of the same number.</summary>
/// <param name="Model">The model.</param>
/// <param name="Pairs">How many pairs of prompts each circuit was found with.</param>
/// <param name="Nodes">The difference in nodes.</param>
/// <param name="Edges">The difference in edges.</param>
public sealed record ResamplingFloor(string Model, int Pairs, ChangeCounts Nodes, ChangeCounts Edges)
{
    /// <summary>The floor from the diff of two circuits of one model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">How many pairs of prompts each circuit was found with.</param>
    /// <param name="diff">The diff.</param>
    /// <returns>The floor.</returns>
    public static ResamplingFloor Of(string model, int pairs, CircuitDiff diff) =>
        new(model, pairs, ChangeCounts.Of(diff.Nodes), ChangeCounts.Of(diff.Edges));
}
