using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.Tasks.Words;

/// <summary>Nouns of what lasts for years.</summary>
internal static class Events
{
    /// <summary>The first six are among the tiny model's words.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        .. (
            "war reign siege trade voyage search contract lease treaty truce conflict campaign occupation blockade expedition "
            + "journey mission pilgrimage crusade exile alliance union pact partnership friendship marriage engagement "
            + "dispute feud rivalry quarrel trial lawsuit investigation inquiry debate negotiation project construction "
            + "restoration renovation excavation study experiment survey research course program apprenticeship career "
            + "service employment tenure presidency ministry regency rule dynasty empire colony settlement migration famine "
            + "drought plague epidemic illness recovery crisis depression recession boom expansion decline revolt rebellion "
            + "uprising revolution resistance struggle strike boycott embargo ban festival exhibition tour season era period "
            + "age movement tradition custom practice loan debt payment pension"
        ).Split(' '),
    ];
}
