using System.Collections.Immutable;

namespace CircuitPipeline.Attribution.Evaluation;

/// <summary>What a circuit does on prompt pairs beside the whole model, by pair in their order.</summary>
/// <param name="Clean">The metric of the whole model on the clean prompt.</param>
/// <param name="Corrupted">The metric of the whole model on the corrupted prompt.</param>
/// <param name="Circuit">The metric of the circuit.</param>
/// <param name="Divergence">KL(whole model on the clean prompt || circuit) in nats, summed over the vocabulary.</param>
/// <param name="CleanIsCorrect">
/// Whether the whole model's most likely token on the clean prompt is one of the right answers; empty where not every pair has one.
/// </param>
/// <param name="CircuitIsCorrect">Whether the circuit's most likely token is one of them, likewise.</param>
public sealed record CircuitEvaluation(
    ImmutableArray<double> Clean,
    ImmutableArray<double> Corrupted,
    ImmutableArray<double> Circuit,
    ImmutableArray<double> Divergence,
    ImmutableArray<bool> CleanIsCorrect,
    ImmutableArray<bool> CircuitIsCorrect
)
{
    /// <summary>From the means over the pairs.</summary>
    public Faithfulness Faithfulness => new(Clean.Average(), Corrupted.Average(), Circuit.Average());

    /// <summary>Mean of <see cref="Divergence"/>, in nats: 0 where the circuit predicts as the whole model does.</summary>
    public double MeanDivergence => Divergence.Average();

    /// <summary>Pairs that the whole model answers rightly; null where not every pair has an answer.</summary>
    public int? CleanCorrect => CleanIsCorrect.IsEmpty ? null : CleanIsCorrect.Count(correct => correct);

    /// <summary>Pairs that the circuit answers rightly; null where not every pair has an answer.</summary>
    public int? CircuitCorrect => CircuitIsCorrect.IsEmpty ? null : CircuitIsCorrect.Count(correct => correct);

    /// <summary>Number of pairs.</summary>
    public int Total => Clean.Length;

    /// <summary>The whole model's exact-match accuracy, 0 to 1; null where not every pair has an answer.</summary>
    public double? CleanAccuracy => (double?)CleanCorrect / Total;

    /// <summary>The circuit's exact-match accuracy, 0 to 1; null where not every pair has an answer.</summary>
    public double? CircuitAccuracy => (double?)CircuitCorrect / Total;
}

/// <summary>A circuit beside the rest of its model: a complete circuit leaves nothing of the behaviour outside.</summary>
/// <param name="Circuit">The values of the circuit.</param>
/// <param name="Complement">The values of all edges that are not in it.</param>
public sealed record CircuitCompleteness(CircuitEvaluation Circuit, CircuitEvaluation Complement);
