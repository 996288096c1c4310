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
        new(Eap.Name, Every, its => new Eap(its.Batch, its.Time, its.InterventionOrDefault, its.AggregationOrDefault))
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
            its => new CleanCorrupted(its.Batch, its.Time, its.InterventionOrDefault, its.AggregationOrDefault)
        )
        {
            TakesAggregation = true,
        },
        new(ExactPatching.Name, Every, its => new ExactPatching(its.Batch, its.Time, its.InterventionOrDefault)),
        new(InformationFlowRoutes.Name, [], its => new InformationFlowRoutes(its.Batch, its.Time))
        {
            TakesMetric = false,
        },
        new(RandomScores.Name, [], its => new RandomScores(its.Seed!.Value)) { TakesMetric = false, TakesSeed = true },
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
    /// <exception cref="UnknownNameException">No method has the name.</exception>
    /// <exception cref="UndefinedCombinationException">The method does not take an option that is given, or lacks one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Steps or batch are below 1.</exception>
    public static IEdgeAttribution Create(string name, AttributionOptions options)
    {
        AttributionMethod method = Named(name);
        OptionRules.MustFit(method, options);
        return method.Make(options);
    }

    private static EapIgInputs IntegratedInputs(AttributionOptions its) =>
        new(
            its.StepsOrDefault,
            its.Quadrature ?? Quadrature.Left,
            its.Batch,
            its.Time,
            its.InterventionOrDefault,
            its.AggregationOrDefault
        );

    private static EapIgActivations IntegratedActivations(AttributionOptions its) =>
        new(its.StepsOrDefault, its.Batch, its.Time, its.InterventionOrDefault, its.AggregationOrDefault);
}
