namespace CircuitPipeline.Attribution;

/// <summary>Which metrics and interventions gradients are defined for.</summary>
internal static class GradientRules
{
    /// <summary>Refuses a metric whose gradient does not exist or is 0 at all points where it would be taken.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="onlyClean">Whether all gradients are taken at the clean run.</param>
    internal static void MustHaveSlope(string method, Metric metric, bool onlyClean)
    {
        if (!metric.HasGradient)
            throw new UndefinedCombinationException(
                $"The method '{method}' differentiates the metric, but '{metric.Name}' has no gradient; "
                    + $"measure it with '{ExactPatching.Name}' or in an evaluation."
            );
        if (onlyClean && metric.Reference == ReferenceRun.Clean)
            throw new UndefinedCombinationException(
                $"The method '{method}' takes the gradient of '{metric.Name}' at the clean run only, where it is 0 for every edge, "
                    + "since a divergence from the clean run is least there; compare with 'corrupted', or take more points."
            );
    }

    /// <summary>Refuses replacements to which the path from corrupted to clean inputs does not lead.</summary>
    internal static Intervention MustBePatching(string method, Intervention intervention) =>
        intervention == Intervention.Patching
            ? intervention
            : throw new UndefinedCombinationException(
                $"The method '{method}' integrates from the corrupted prompt, so it is defined for '{EnumNames.Of(Intervention.Patching)}' only, "
                    + $"not for '{EnumNames.Of(intervention)}'; '{Eap.Name}', '{EapIgActivations.Name}' and '{ExactPatching.Name}' are defined for all."
            );
}
