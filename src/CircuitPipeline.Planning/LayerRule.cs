using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;

namespace CircuitPipeline.Planning;

/// <summary>A rule that orders a model's layers, the most critical first.</summary>
public abstract record LayerRule
{
    private protected LayerRule() { }

    /// <summary>The rules that read a circuit diff, the paper's first.</summary>
    public static ImmutableArray<LayerRule> OfDiff { get; } =
    [.. Enum.GetValues<LayerMeasure>().Select(measure => new ScoredLayerRule(measure))];

    /// <summary>The rule's name in specs and reports: <c>source-layer</c>, <c>random</c>, …</summary>
    public abstract string Name { get; }

    /// <summary>What the rule does, as the end of "layers ordered by …".</summary>
    public abstract string Why { get; }

    /// <summary>Finds a rule that reads a circuit diff.</summary>
    /// <param name="name">A name of <see cref="OfDiff"/>, or <c>paper</c> for the paper's, the first of them.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public static LayerRule Named(string name) =>
        name == "paper"
            ? OfDiff[0]
            : OfDiff.FirstOrDefault(rule => rule.Name == name)
                ?? throw new ArgumentException(
                    $"The rule is '{name}', but 'paper', {string.Join(", ", OfDiff.Select(rule => $"'{rule.Name}'"))} are allowed."
                );

    /// <summary>Orders all layers.</summary>
    /// <param name="diff">What fine-tuning changed.</param>
    /// <returns>Every layer once, the most critical first, with the number that placed it.</returns>
    public ImmutableArray<RankedLayer> Order(CircuitDiff diff) => Order(diff.Layers);

    /// <summary>Orders the layers, the most critical first.</summary>
    /// <param name="layers">The changes of all layers.</param>
    /// <returns>Every layer once.</returns>
    /// <exception cref="ArgumentException">The rule needs scores that the circuits do not have.</exception>
    public abstract ImmutableArray<RankedLayer> Order(ImmutableArray<LayerChange> layers);
}

/// <summary>A layer in the order of a rule.</summary>
/// <param name="Layer">The block, from 0.</param>
/// <param name="Value">The sum that placed it, in the rule's unit; null where no number did.</param>
public readonly record struct RankedLayer(int Layer, double? Value);

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
