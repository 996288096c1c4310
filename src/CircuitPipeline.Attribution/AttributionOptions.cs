using CircuitPipeline.Attribution.Methods;

namespace CircuitPipeline.Attribution;

/// <summary>
/// What is chosen about an attribution method and changes its scores; null where nothing is, which leaves the default.
/// </summary>
public sealed record AttributionOptions
{
    /// <summary>Points of the integration path where none are given: the paper's number.</summary>
    public const int DefaultSteps = 5;

    /// <summary>Points on a path, at least 1.</summary>
    /// <value>The default is 5.</value>
    public int? Steps { get; init; }

    /// <summary>Where the points lie.</summary>
    /// <value>The default is left.</value>
    public Quadrature? Quadrature { get; init; }

    /// <summary>What replaces a source's output.</summary>
    /// <value>The default is patching.</value>
    public Intervention? Intervention { get; init; }

    /// <summary>How the examples' scores become one.</summary>
    /// <value>The default is the mean over the examples.</value>
    public Aggregation? Aggregation { get; init; }

    /// <summary>Where a method's draws come from; it has no default.</summary>
    public long? Seed { get; init; }

    internal int StepsOrDefault => Steps ?? DefaultSteps;

    internal Intervention InterventionOrDefault => Intervention ?? Attribution.Intervention.Patching;

    internal Aggregation AggregationOrDefault => Aggregation ?? Attribution.Aggregation.PerExample;
}

/// <summary>How the examples' scores become one.</summary>
public enum Aggregation
{
    /// <summary>The sum over the examples, divided by their number: does not depend on the batches.</summary>
    PerExample,

    /// <summary>
    /// As EAP-IG 2.0 scales its files: it differentiates a batch's mean metric and divides the sum over batches by the
    /// number of examples, so that every batch counts with the inverse of its size; its KL is a mean over the vocabulary.
    /// For comparison with published files only.
    /// </summary>
    Reference,
}

/// <summary>
/// Method, metric, intervention and options do not go together; the message says why and what is defined. Nothing is ever
/// computed in place of what was asked for.
/// </summary>
/// <param name="message">The sentence.</param>
public sealed class UndefinedCombinationException(string message) : Exception(message);

/// <summary>Refuses options that a method would silently ignore, and methods that lack one.</summary>
internal static class OptionRules
{
    internal static void MustFit(AttributionMethod method, AttributionOptions options)
    {
        MustBeTaken(method, "steps", $"{options.Steps}", its => its.TakesSteps);
        MustBeTaken(method, "quadrature", Word(options.Quadrature), its => its.TakesQuadrature);
        MustBeTaken(method, "aggregation", Word(options.Aggregation), its => its.TakesAggregation);
        MustBeTaken(method, "seed", $"{options.Seed}", its => its.TakesSeed);
        MustBeTaken(method, "intervention", Word(options.Intervention), its => !its.Interventions.IsEmpty);
        if (method.TakesSeed && options.Seed is null)
        {
            throw new UndefinedCombinationException(
                $"The method '{method.Name}' draws its scores, but no seed is given; give one."
            );
        }

        if (options.Intervention is { } intervention && !method.Interventions.Contains(intervention))
        {
            throw new UndefinedCombinationException(
                $"The intervention '{EnumNames.Of(intervention)}' is not defined for the method '{method.Name}', which takes "
                    + $"{EnumNames.Choice(method.Interventions.Select(EnumNames.Of))}; it is for "
                    + $"{MethodsThat(its => its.Interventions.Contains(intervention))}."
            );
        }
    }

    // An empty word: the option is not given.
    private static void MustBeTaken(
        AttributionMethod method,
        string option,
        string word,
        Func<AttributionMethod, bool> takes
    )
    {
        if (word.Length > 0 && !takes(method))
        {
            throw new UndefinedCombinationException(
                $"The method '{method.Name}' takes no {option}, but '{word}' is given; leave it out, or choose {MethodsThat(takes)}."
            );
        }
    }

    private static string Word<T>(T? value)
        where T : struct, Enum => value is { } given ? EnumNames.Of(given) : "";

    private static string MethodsThat(Func<AttributionMethod, bool> condition) =>
        EnumNames.Choice(AttributionMethods.All.Where(condition).Select(method => method.Name));
}
