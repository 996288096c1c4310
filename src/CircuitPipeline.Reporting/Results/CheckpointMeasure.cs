namespace CircuitPipeline.Reporting;

/// <summary>What was measured at one checkpoint of fine-tuning; null where it was not measured.</summary>
/// <param name="Run">The run's name, such as the method.</param>
/// <param name="Step">The optimiser's step; 0 is the base model.</param>
/// <param name="Loss">Loss on the validation split, in nats.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation split.</param>
/// <param name="Faithfulness">Faithfulness of the circuit found at this checkpoint.</param>
/// <param name="Edges">Edges of that circuit, after pruning.</param>
public sealed record CheckpointMeasure(
    string Run,
    int Step,
    double? Loss,
    double? ValidationAccuracy,
    double? Faithfulness,
    int? Edges
);
