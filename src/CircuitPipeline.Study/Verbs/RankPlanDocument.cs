using System.Collections.Immutable;
using CircuitPipeline.Planning;

namespace CircuitPipeline.Study.Verbs;

/// <summary>A rank plan as <c>rank-plan.json</c>: the ranks, why, and how the choice depends on the rule.</summary>
/// <param name="Rule">The layer rule.</param>
/// <param name="Why">The plan's reason, in a sentence.</param>
/// <param name="CriticalLayers">Layers with the higher rank, the most critical first.</param>
/// <param name="Ranks">The rank of each layer.</param>
/// <param name="AlphaOverRank">alpha / rank of every adapter.</param>
/// <param name="TrainableParameters">Parameters that the adapters train, exactly.</param>
/// <param name="BudgetParameters">Parameters of the uniform rank that the plan was to meet; null when ranks were given.</param>
/// <param name="Rules">The layers that each rule would raise.</param>
internal sealed record RankPlanDocument(
    string Rule,
    string Why,
    int[] CriticalLayers,
    int[] Ranks,
    double AlphaOverRank,
    long TrainableParameters,
    long? BudgetParameters,
    RuleChoice[] Rules
)
{
    internal static RankPlanDocument Of(RankPlan plan, ImmutableArray<RuleComparison> rules, int layers) =>
        new(
            plan.Rule,
            plan.Why,
            [.. plan.CriticalLayers],
            [.. plan.RanksByLayer(layers)],
            plan.AlphaOverRank,
            plan.TrainableParameters,
            plan.BudgetParameters,
            [.. rules.Select(RuleChoice.Of)]
        );
}
