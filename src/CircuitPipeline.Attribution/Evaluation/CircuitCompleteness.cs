namespace CircuitPipeline.Attribution;

/// <summary>A circuit beside the rest of its model: a complete circuit leaves nothing of the behaviour outside.</summary>
/// <param name="Circuit">The values of the circuit.</param>
/// <param name="Complement">The values of all edges that are not in it.</param>
public sealed record CircuitCompleteness(CircuitEvaluation Circuit, CircuitEvaluation Complement);
