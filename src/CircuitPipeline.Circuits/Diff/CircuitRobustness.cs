using System.Collections.Immutable;

namespace CircuitPipeline.Circuits.Diff;

/// <summary>How much the circuit of one model depends on the pairs that it is found with.</summary>
/// <param name="Model">The model, as the report names it.</param>
/// <param name="Base">The number of the base model; of a randomly initialised one, that in whose place it stands.</param>
/// <param name="Percent">The share of the graph's edges that was selected, in percent.</param>
/// <param name="Pairs">How many pairs each circuit was found with.</param>
/// <param name="Splits">Every two circuits from disjoint sets of pairs: the first with the second, the third, …, then the second with the third, …</param>
/// <param name="Perturbed">The circuit of the first set against those of the same set with a share of its pairs perturbed.</param>
public sealed record CircuitRobustness(
    string Model,
    int Base,
    double Percent,
    int Pairs,
    ImmutableArray<CircuitOverlap> Splits,
    ImmutableArray<PerturbedOverlap> Perturbed
);

/// <summary>How much a circuit agrees with the one from perturbed pairs.</summary>
/// <param name="Percent">The share of the pairs that was perturbed, in percent.</param>
/// <param name="Overlap">How much the circuits agree.</param>
public sealed record PerturbedOverlap(double Percent, CircuitOverlap Overlap);
