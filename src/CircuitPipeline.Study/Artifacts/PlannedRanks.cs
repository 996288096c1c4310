using CircuitPipeline.Planning;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>A rank plan as it is handed to the training of adapters.</summary>
/// <param name="Rule">The layer rule, or 'uniform'.</param>
/// <param name="Why">The plan's reason, in a sentence.</param>
/// <param name="CriticalLayers">Layers with the higher rank, the most critical first.</param>
/// <param name="Ranks">The rank of each layer.</param>
/// <param name="AlphaOverRank">The factor of the updates.</param>
/// <param name="TrainableParameters">Parameters that are trained, exactly.</param>
/// <param name="BudgetParameters">Parameters of the uniform adapter.</param>
internal sealed record PlannedRanks(
    string Rule,
    string Why,
    int[] CriticalLayers,
    int[] Ranks,
    double AlphaOverRank,
    long TrainableParameters,
    long BudgetParameters
)
{
    internal static PlannedRanks Of(RankPlan plan, int layers) =>
        new(
            plan.Rule,
            plan.Why,
            [.. plan.CriticalLayers],
            [.. plan.RanksByLayer(layers)],
            plan.AlphaOverRank,
            plan.TrainableParameters,
            plan.BudgetParameters ?? plan.TrainableParameters
        );
}
