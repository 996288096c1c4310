using System.Collections.Immutable;

namespace CircuitPipeline.Reporting.Results;

/// <summary>The circuits of one base model through fine-tuning, in order.</summary>
/// <param name="Name">What it is of: the base model, and the method where it is another than that of the checkpoints.</param>
/// <param name="Circuits">The base model's circuit, then those of its checkpoints; at least one.</param>
public sealed record CircuitTrajectory(string Name, ImmutableArray<CircuitView> Circuits);
