using System.Collections.Immutable;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Planning;

/// <summary>A rule that orders a model's layers, the most critical first.</summary>
public abstract record LayerRule
{
    private protected LayerRule() { }

    /// <summary>The rules that read a circuit diff, the paper's first.</summary>
    public static ImmutableArray<LayerRule> OfDiff { get; } =
    [.. Enum.GetValues<LayerMeasure>().Select(measure => new MeasuredLayers(measure))];

    /// <summary>The rule's name in specs and reports: <c>source-layer</c>, <c>random</c>, …</summary>
    public abstract string Name { get; }

    /// <summary>What the rule does, as the end of "layers ordered by …".</summary>
    public abstract string Why { get; }

    /// <summary>Orders all layers.</summary>
    /// <param name="diff">What fine-tuning changed.</param>
    /// <returns>Every layer once, the most critical first, with the number that placed it.</returns>
    public abstract ImmutableArray<CriticalLayer> Order(CircuitDiff diff);
}
