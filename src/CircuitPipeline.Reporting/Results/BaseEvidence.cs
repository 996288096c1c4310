namespace CircuitPipeline.Reporting.Results;

/// <summary>What one base model says to the questions about circuits; the answers are over all of them.</summary>
/// <param name="Base">The pre-trained base model, the unit of sampling.</param>
/// <param name="Change">How its circuit changed from before to after fine-tuning, with its floors; null when not measured.</param>
/// <param name="Union">How close the union of parts' circuits is to the composed task's; null when not measured.</param>
public sealed record BaseEvidence(string Base, CircuitChange? Change, UnionOverlap? Union);

/// <summary>How close circuits are to the circuit of a composed task, as Jaccard indices of their edges.</summary>
/// <param name="Union">The union of its parts' circuits.</param>
/// <param name="BestPart">The part alone that is closest.</param>
/// <param name="Floor">The composed task's own circuit from other pairs; null when not measured.</param>
/// <param name="Chance">As many edges drawn by chance; null when not measured.</param>
public sealed record UnionOverlap(double Union, double BestPart, double? Floor = null, double? Chance = null);
