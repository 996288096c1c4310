namespace CircuitPipeline.Attribution;

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
            throw new UndefinedCombinationException(
                $"The method '{method.Name}' draws its scores, but no seed is given; give one."
            );
        if (options.Intervention is { } intervention && !method.Interventions.Contains(intervention))
            throw new UndefinedCombinationException(
                $"The intervention '{EnumNames.Of(intervention)}' is not defined for the method '{method.Name}', which takes "
                    + $"{EnumNames.Choice(method.Interventions.Select(EnumNames.Of))}; it is for "
                    + $"{MethodsThat(its => its.Interventions.Contains(intervention))}."
            );
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
            throw new UndefinedCombinationException(
                $"The method '{method.Name}' takes no {option}, but '{word}' is given; leave it out, or choose {MethodsThat(takes)}."
            );
    }

    private static string Word<T>(T? value)
        where T : struct, Enum => value is { } given ? EnumNames.Of(given) : "";

    private static string MethodsThat(Func<AttributionMethod, bool> condition) =>
        EnumNames.Choice(AttributionMethods.All.Where(condition).Select(method => method.Name));
}
