using System.Collections.Immutable;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Planning;

/// <summary>The control: layers in a random order that a seed decides.</summary>
/// <param name="Seed">The seed; the same seed gives the same order everywhere.</param>
public sealed record RandomLayers(int Seed) : LayerRule
{
    /// <summary>Layers that come last, so that the control can differ from the plan it is compared with.</summary>
    public ImmutableSortedSet<int> Except { get; init; } = [];

    /// <inheritdoc/>
    public override string Name => "random";

    /// <inheritdoc/>
    public override string Why =>
        $"chance (seed {Seed}{(Except.IsEmpty ? "" : $"; not layer {string.Join(", ", Except)}")}), whatever changed";

    /// <inheritdoc/>
    public override ImmutableArray<RankedLayer> Order(ImmutableArray<LayerChange> layers)
    {
        int[] order = [.. Enumerable.Range(0, layers.Length)];
        new Random(Seed).Shuffle(order);
        return [.. order.OrderBy(Except.Contains).Select(layer => new RankedLayer(layer, null))];
    }
}
