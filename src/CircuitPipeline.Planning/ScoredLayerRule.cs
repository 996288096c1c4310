using System.Collections.Immutable;
using System.Diagnostics;
using CircuitPipeline.Circuits.Diff;

namespace CircuitPipeline.Planning;

/// <summary>Orders layers by how much their part of the circuit changed; of equal layers, the earlier comes first.</summary>
/// <param name="Measure">What is counted.</param>
public sealed record ScoredLayerRule(LayerMeasure Measure) : LayerRule
{
    /// <inheritdoc/>
    public override string Name =>
        Measure switch
        {
            LayerMeasure.SourceLayer => "source-layer",
            LayerMeasure.SourceLayerWithoutInput => "source-layer-without-input",
            LayerMeasure.DestinationLayer => "destination-layer",
            LayerMeasure.NormalisedSourceLayer => "normalised-source-layer",
            LayerMeasure.Flips => "flips",
            _ => throw new UnreachableException(),
        };

    /// <inheritdoc/>
    public override string Why =>
        Measure switch
        {
            LayerMeasure.SourceLayer =>
                "the sum of |score after - score before| over the edges that start in the layer",
            LayerMeasure.SourceLayerWithoutInput =>
                "the sum of |score after - score before| over the edges that start in the layer, without those of the input",
            LayerMeasure.DestinationLayer =>
                "the sum of |score after - score before| over the edges that end in the layer",
            LayerMeasure.NormalisedSourceLayer =>
                "the sum of |score after - score before| over the edges that start in the layer, each circuit's scores adding up to 1",
            LayerMeasure.Flips => "the number of edges that start in the layer and were added or removed",
            _ => throw new UnreachableException(),
        };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rule sums score changes, but a circuit has no scores.</exception>
    public override ImmutableArray<RankedLayer> Order(ImmutableArray<LayerChange> layers) =>
        [
            .. layers
                .Select(change => new RankedLayer(change.Layer, ValueOf(change)))
                .OrderByDescending(layer => layer.Value)
                .ThenBy(layer => layer.Layer),
        ];

    private double ValueOf(LayerChange change) =>
        Measure == LayerMeasure.Flips ? change.Flips
        : change.Scores is not { } sums
            ? throw new ArgumentException(
                $"The rule '{Name}' sums score changes, but a circuit has no scores: take the rule 'flips' or circuits with scores."
            )
        : Measure switch
        {
            LayerMeasure.SourceLayer => sums.BySource,
            LayerMeasure.SourceLayerWithoutInput => sums.BySourceWithoutInput,
            LayerMeasure.DestinationLayer => sums.ByDestination,
            LayerMeasure.NormalisedSourceLayer => sums.NormalisedBySource,
            _ => throw new UnreachableException(),
        };
}

/// <summary>Which of a layer's changes is counted.</summary>
public enum LayerMeasure
{
    /// <summary>The paper's: score changes of the edges that start in the layer, the input's counting for layer 0.</summary>
    SourceLayer,

    /// <summary>The same without the edges that start at the input.</summary>
    SourceLayerWithoutInput,

    /// <summary>Score changes of the edges that end in the layer, the logits' counting for the last one.</summary>
    DestinationLayer,

    /// <summary>As the paper's, each circuit's scores first divided by the sum of their absolute values.</summary>
    NormalisedSourceLayer,

    /// <summary>The number of edges from the layer that were added or removed.</summary>
    Flips,
}
