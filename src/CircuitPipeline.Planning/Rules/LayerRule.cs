using System.Collections.Immutable;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Planning;

/// <summary>A rule that orders a model's layers, the most critical first.</summary>
public abstract record LayerRule
{
    private protected LayerRule() { }

    /// <summary>The rules that read a circuit diff, the paper's first.</summary>
    public static ImmutableArray<LayerRule> OfDiff { get; } =
    [.. Enum.GetValues<LayerMeasure>().Select(measure => new ScoredLayerRule(measure))];

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

    /// <summary>The rule's name in specs and reports: <c>source-layer</c>, <c>random</c>, …</summary>
    public abstract string Name { get; }

    /// <summary>What the rule does, as the end of "layers ordered by …".</summary>
    public abstract string Why { get; }

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
