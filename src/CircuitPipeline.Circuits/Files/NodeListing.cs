using System.Collections.Immutable;

namespace CircuitPipeline.Circuits;

/// <summary>What a circuit's file says about one node.</summary>
/// <param name="InGraph">Whether the file says that the node is in the circuit.</param>
public sealed record NodeListing(bool InGraph)
{
    /// <summary>The node's score, in metric units; null where it has none.</summary>
    public double? Score { get; init; }

    /// <summary>Which of the node's neurons are in the circuit, <c>[d_model]</c>; null where the file does not say.</summary>
    public ImmutableArray<bool>? Neurons { get; init; }

    /// <summary>The scores of the node's neurons, <c>[d_model]</c>, in metric units; null where they have none.</summary>
    public ImmutableArray<double>? NeuronScores { get; init; }
}
