namespace CircuitPipeline.Study.Artifacts;

/// <summary>How well a circuit of one size stands for its model.</summary>
/// <param name="Percent">The share of the graph's edges that was selected, in percent.</param>
/// <param name="Edges">Edges that were selected.</param>
/// <param name="EdgesAfterPruning">Edges that pruning left.</param>
/// <param name="Faithfulness">(m(circuit) - m(corrupted)) / (m(clean) - m(corrupted)); 1 is the whole model.</param>
/// <param name="PaperFaithfulness">The paper's form, in percent; null where it divides by zero, as with a divergence from the clean run.</param>
/// <param name="CircuitAccuracy">Share of prompts that the circuit alone answers rightly.</param>
/// <param name="ModelAccuracy">Share of the same prompts that the whole model answers rightly.</param>
/// <param name="Examples">Number of prompts.</param>
internal sealed record CircuitMeasure(
    double Percent,
    int Edges,
    int EdgesAfterPruning,
    double Faithfulness,
    double? PaperFaithfulness,
    double CircuitAccuracy,
    double ModelAccuracy,
    int Examples
);
