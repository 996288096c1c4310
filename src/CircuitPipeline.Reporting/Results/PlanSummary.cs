using System.Collections.Immutable;
using CircuitPipeline.Planning;

namespace CircuitPipeline.Reporting.Results;

/// <summary>A rank plan: which layers get which rank, and why.</summary>
/// <param name="Name">The plan's name, such as the method that uses it.</param>
/// <param name="Rule">The layer rule that it follows.</param>
/// <param name="Why">Why these layers, in a sentence.</param>
/// <param name="CriticalLayers">The layers with the higher rank.</param>
/// <param name="Ranks">The rank of each layer.</param>
/// <param name="AlphaOverRank">The adapter's scaling.</param>
/// <param name="TrainableParameters">How many parameters it trains, exactly.</param>
/// <param name="BudgetParameters">How many the uniform plan trains that it is compared with; null for none.</param>
public sealed record PlanSummary(
    string Name,
    string Rule,
    string Why,
    ImmutableArray<int> CriticalLayers,
    ImmutableArray<int> Ranks,
    double AlphaOverRank,
    long TrainableParameters,
    long? BudgetParameters
)
{
    /// <summary>A plan, layer by layer.</summary>
    /// <param name="name">Its name, such as the method that uses it.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="nLayers">Blocks of the model.</param>
    /// <returns>What the page shows of it.</returns>
    public static PlanSummary Of(string name, RankPlan plan, int nLayers) =>
        new(
            name,
            plan.Rule,
            plan.Why,
            plan.CriticalLayers,
            plan.RanksByLayer(nLayers),
            plan.AlphaOverRank,
            plan.TrainableParameters,
            plan.BudgetParameters
        );
}
