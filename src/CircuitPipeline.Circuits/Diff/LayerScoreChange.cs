namespace CircuitPipeline.Circuits;

/// <summary>Sums over one layer's edges of |score after - score before|, an edge that is missing on one side counting |score|.</summary>
/// <param name="BySource">The paper's rule: by the layer of the edge's source, the input counting for layer 0.</param>
/// <param name="BySourceWithoutInput">The same without the edges from the input, which alone make up half of layer 0's sum.</param>
/// <param name="ByDestination">By the layer of the edge's destination, the logits counting for the last layer.</param>
/// <param name="NormalisedBySource">By source, each side's scores first divided by the sum of their absolute values.</param>
public sealed record LayerScoreChange(
    double BySource,
    double BySourceWithoutInput,
    double ByDestination,
    double NormalisedBySource
);
