using System.Collections.Immutable;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Planning;

/// <summary>The control that tries one layer, chosen by hand: it comes first, the others follow in order.</summary>
/// <param name="Layer">The layer that comes first.</param>
public sealed record GivenLayer(int Layer) : LayerRule
{
    /// <inheritdoc/>
    public override string Name => $"layer-{Layer}";

    /// <inheritdoc/>
    public override string Why => $"hand: layer {Layer} first, whatever changed";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The model has no such layer.</exception>
    public override ImmutableArray<RankedLayer> Order(ImmutableArray<LayerChange> layers) =>
        Layer >= 0 && Layer < layers.Length
            ?
            [
                .. Enumerable
                    .Range(0, layers.Length)
                    .OrderBy(layer => layer != Layer)
                    .Select(layer => new RankedLayer(layer, null)),
            ]
            : throw new ArgumentException(
                $"The layer is '{Layer}', but the model has layers 0 to {layers.Length - 1}."
            );
}
