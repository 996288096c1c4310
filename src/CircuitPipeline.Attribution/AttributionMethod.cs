using System.Collections.Immutable;

namespace CircuitPipeline.Attribution;

/// <summary>An attribution method and what can be chosen about it.</summary>
public sealed record AttributionMethod
{
    internal AttributionMethod(
        string name,
        ImmutableArray<Intervention> interventions,
        Func<AttributionOptions, int, TimeProvider, IEdgeAttribution> make
    ) => (Name, Interventions, Make) = (name, interventions, make);

    /// <summary>Its name in specs and artifacts.</summary>
    public string Name { get; }

    /// <summary>What may replace a source's output; empty for methods that replace none.</summary>
    public ImmutableArray<Intervention> Interventions { get; }

    /// <summary>Whether the number of points on its path can be chosen.</summary>
    public bool TakesSteps { get; init; }

    /// <summary>Whether it can be chosen where the points lie.</summary>
    public bool TakesQuadrature { get; init; }

    /// <summary>Whether the reference's aggregation differs from the mean over the examples.</summary>
    public bool TakesAggregation { get; init; }

    /// <summary>Whether it draws, and so needs a seed.</summary>
    public bool TakesSeed { get; init; }

    /// <summary>Whether it measures a behaviour; if not, <see cref="IEdgeAttribution.Attribute"/> does not read its metric.</summary>
    public bool TakesMetric { get; init; } = true;

    /// <summary>Makes the method from options that have been checked against the above, a batch and a clock.</summary>
    internal Func<AttributionOptions, int, TimeProvider, IEdgeAttribution> Make { get; }
}
