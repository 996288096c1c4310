using CircuitPipeline.Planning;
using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Study.Spec;

/// <summary>The ranks of a plan: with as many parameters as the uniform adapter, or as the experiment gives them.</summary>
internal static class PlannedRanks
{
    /// <summary>What a plan may spend.</summary>
    /// <param name="plan">The experiment's.</param>
    /// <param name="uniform">The rank of the uniform adapter.</param>
    internal static RankBudget Budget(PlanSpec plan, int uniform) =>
        plan is { CriticalRank: { } high, OtherRank: { } low }
            ? RankBudget.Given(low, high, plan.CriticalLayers)
            : RankBudget.EqualTo(uniform, plan.CriticalLayers);

    /// <summary>What is wrong with ranks that are given.</summary>
    internal static IEnumerable<SpecProblem> Problems(PlanSpec plan)
    {
        if (plan.CriticalRank is null != plan.OtherRank is null)
        {
            (string missing, string given) = plan.CriticalRank is null
                ? ("critical_rank", "other_rank")
                : ("other_rank", "critical_rank");
            yield return new SpecProblem(
                $"plan.{missing}",
                $"is missing, but '{given}' is given; write both, or neither for a plan with the uniform adapter's parameters."
            );
        }
        else if (plan.CriticalRank <= plan.OtherRank)
        {
            yield return new SpecProblem(
                "plan.critical_rank",
                $"is {plan.CriticalRank}, but must be more than 'other_rank', which is {plan.OtherRank}: else no layer has more rank than another."
            );
        }
    }
}
