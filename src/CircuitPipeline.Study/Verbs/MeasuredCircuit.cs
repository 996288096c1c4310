using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Study.Verbs;

/// <summary>What <see cref="CircuitMeasurement"/> found.</summary>
/// <param name="Circuit">The circuit that ran.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Intervention">What replaced the edges outside the circuit.</param>
/// <param name="Evaluation">The values by pair.</param>
/// <param name="Complement">The values of all edges outside the circuit; null when they were not asked for.</param>
public sealed record MeasuredCircuit(
    Circuit Circuit,
    string Metric,
    string Intervention,
    CircuitEvaluation Evaluation,
    CircuitEvaluation? Complement
);
