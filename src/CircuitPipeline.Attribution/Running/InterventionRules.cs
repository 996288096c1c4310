namespace CircuitPipeline.Attribution;

/// <summary>Which interventions this version computes.</summary>
internal static class InterventionRules
{
    internal static Intervention MustBeBuilt(Intervention intervention) =>
        intervention == Intervention.Patching
            ? intervention
            : throw new NotSupportedException(
                $"The intervention '{intervention}' cannot be computed; this version computes '{Intervention.Patching}'."
            );
}
