using System.Collections.Immutable;
using CircuitPipeline.Attribution.Methods;

namespace CircuitPipeline.Attribution;

/// <summary>All attribution methods by name.</summary>
public static class AttributionMethods
{
    private static readonly ImmutableArray<Intervention> Every = [.. Enum.GetValues<Intervention>()];

    /// <summary>The methods, gradient methods first.</summary>
    public static ImmutableArray<AttributionMethod> All { get; } =
    [
        new(
            Eap.Name,
            Every,
            (its, batch, time) => new Eap(batch, time, its.InterventionOrDefault, its.AggregationOrDefault)
        )
        {
            TakesAggregation = true,
        },
        new(EapIgInputs.Name, [Intervention.Patching], IntegratedInputs)
        {
            TakesSteps = true,
            TakesQuadrature = true,
            TakesAggregation = true,
        },
        new(EapIgActivations.Name, Every, IntegratedActivations) { TakesSteps = true, TakesAggregation = true },
        new(
            CleanCorrupted.Name,
            [Intervention.Patching],
            (its, batch, time) => new CleanCorrupted(batch, time, its.InterventionOrDefault, its.AggregationOrDefault)
        )
        {
            TakesAggregation = true,
        },
        new(ExactPatching.Name, Every, (its, batch, time) => new ExactPatching(batch, time, its.InterventionOrDefault)),
        new(InformationFlowRoutes.Name, [], (_, batch, time) => new InformationFlowRoutes(batch, time))
        {
            TakesMetric = false,
        },
        new(RandomScores.Name, [], (its, _, _) => new RandomScores(its.Seed!.Value))
        {
            TakesMetric = false,
            TakesSeed = true,
        },
    ];

    /// <summary>The methods' names.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(method => method.Name)];

    /// <summary>The method of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="UnknownNameException">No method has the name.</exception>
    public static AttributionMethod Named(string name) =>
        All.FirstOrDefault(method => method.Name == name) ?? throw EnumNames.Unknown("method", name, Names);

    /// <summary>Makes a method.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">What is chosen about it.</param>
    /// <param name="batch">Examples at a time, at least 1; scores do not depend on it beyond rounding.</param>
    /// <param name="time">For the estimated rest.</param>
    /// <exception cref="UnknownNameException">No method has the name.</exception>
    /// <exception cref="UndefinedCombinationException">The method does not take an option that is given, or lacks one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Steps or batch are below 1.</exception>
    public static IEdgeAttribution Create(string name, AttributionOptions options, int batch, TimeProvider time)
    {
        AttributionMethod method = Named(name);
        OptionRules.MustFit(method, options);
        return method.Make(options, batch, time);
    }

    private static EapIgInputs IntegratedInputs(AttributionOptions its, int batch, TimeProvider time) =>
        new(
            its.StepsOrDefault,
            its.Quadrature ?? Quadrature.Left,
            batch,
            time,
            its.InterventionOrDefault,
            its.AggregationOrDefault
        );

    private static EapIgActivations IntegratedActivations(AttributionOptions its, int batch, TimeProvider time) =>
        new(its.StepsOrDefault, batch, time, its.InterventionOrDefault, its.AggregationOrDefault);
}
