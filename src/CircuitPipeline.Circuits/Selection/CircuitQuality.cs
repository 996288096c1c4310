namespace CircuitPipeline.Circuits.Selection;

/// <summary>How well a circuit of one size stands for its model.</summary>
/// <param name="Model">The model, as the report names it.</param>
/// <param name="Percent">The share of the graph's edges that was selected, in percent.</param>
/// <param name="Edges">Edges that were selected.</param>
/// <param name="EdgesAfterPruning">Edges that pruning left.</param>
/// <param name="Faithfulness">(m(circuit) - m(corrupted)) / (m(clean) - m(corrupted)); 1 is the whole model.</param>
/// <param name="PaperFaithfulness">The paper's form, (1 - |m(clean) - m(circuit)| / m(clean)) · 100; null where it divides by zero, as with a divergence from the clean run.</param>
/// <param name="CircuitAccuracy">The share of prompts that the circuit answers right.</param>
/// <param name="ModelAccuracy">The share of the same prompts that the whole model answers right.</param>
/// <param name="Examples">How many prompts.</param>
public sealed record CircuitQuality(
    string Model,
    double Percent,
    int Edges,
    int EdgesAfterPruning,
    double Faithfulness,
    double? PaperFaithfulness,
    double CircuitAccuracy,
    double ModelAccuracy,
    int Examples
)
{
    /// <summary>
    /// Faithfulness of all edges that are not in the circuit: how complete it is, since a complete circuit leaves nothing outside;
    /// null where it was not measured.
    /// </summary>
    public double? ComplementFaithfulness { get; init; }

    /// <summary>The share of prompts that the complement answers right; null where it was not measured.</summary>
    public double? ComplementAccuracy { get; init; }

    /// <summary>What exchanged sets of pairs alone change in these numbers; null where it was not measured.</summary>
    public QualityFloor? Floor { get; init; }
}

/// <summary>
/// The same measures of another circuit of the SAME model and size, from the pairs that the first was measured with; where the
/// study has a further set to measure with, both are measured with that, else this one is with the pairs that the first was found with.
/// </summary>
/// <param name="Faithfulness">Of the other circuit.</param>
/// <param name="ComplementFaithfulness">Of what is not in it.</param>
/// <param name="CircuitAccuracy">The share of prompts that it answers right.</param>
/// <param name="Examples">How many prompts.</param>
public sealed record QualityFloor(
    double Faithfulness,
    double ComplementFaithfulness,
    double CircuitAccuracy,
    int Examples
);
