using CircuitPipeline.Circuits.Diff;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>What fine-tuning on each part changes in the union of the parts' circuits.</summary>
/// <param name="Change">From the union of the base model's circuits to that of the last checkpoints'.</param>
/// <param name="Floor">From the union of the base model's circuits to the same from other pairs.</param>
internal sealed record UnionChange(DiffSummary Change, DiffSummary Floor);
