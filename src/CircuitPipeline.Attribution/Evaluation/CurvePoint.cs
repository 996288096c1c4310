namespace CircuitPipeline.Attribution;

/// <summary>One circuit on a <see cref="FaithfulnessCurve"/>.</summary>
/// <param name="Fraction">The share of the graph's edges that was asked for, above 0 to 1.</param>
/// <param name="Edges">The number of edges that it is, rounded down.</param>
/// <param name="EdgesAfterPruning">Those that lie on a way from the input to the logits.</param>
/// <param name="Evaluation">The values of the pruned circuit.</param>
public sealed record CurvePoint(double Fraction, int Edges, int EdgesAfterPruning, CircuitEvaluation Evaluation)
{
    /// <summary>Normalised faithfulness, <see cref="CircuitPipeline.Attribution.Faithfulness.Value"/>.</summary>
    public double Faithfulness => Evaluation.Faithfulness.Value;
}
