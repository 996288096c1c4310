using CircuitPipeline.Circuits.Config;
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

    /// <summary>What the ranks ask of a model that it cannot have, and what would only fail when they are planned, hours later.</summary>
    /// <param name="plan">The experiment's.</param>
    /// <param name="fineTune">The experiment's, with the uniform adapter's rank.</param>
    /// <param name="shape">The base model's.</param>
    internal static IEnumerable<SpecProblem> Problems(PlanSpec plan, FineTuneSpec fineTune, TransformerConfig shape)
    {
        if (plan.CriticalLayers >= shape.NLayers)
        {
            yield return new SpecProblem(
                "plan.critical_layers",
                $"is {plan.CriticalLayers}, but the model has {shape.NLayers} layers, of which one at least must give up rank; 1 to {shape.NLayers - 1} is allowed."
            );
            yield break;
        }

        string most =
            $"but no map of a block is of a higher rank than the model's width, {shape.DModel}; write {shape.DModel} or less.";
        if (plan.CriticalRank > shape.DModel)
        {
            yield return new SpecProblem("plan.critical_rank", $"is {plan.CriticalRank}, {most}");
        }

        if (fineTune.Rank > shape.DModel)
        {
            yield return new SpecProblem("fine_tune.rank", $"is {fineTune.Rank}, {most}");
        }
        else if (plan.CriticalRank is null && fineTune.Rank > 1 && Unplannable(plan, fineTune, shape) is { } reason)
        {
            yield return new SpecProblem("fine_tune.rank", $"is {fineTune.Rank}, which no plan can meet: {reason}");
        }
    }

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

    private static string? Unplannable(PlanSpec plan, FineTuneSpec fineTune, TransformerConfig shape)
    {
        try
        {
            new RankPlanner(shape).RanksOf(Budget(plan, fineTune.Rank));
            return null;
        }
        catch (ArgumentException unmet)
        {
            return unmet.Message;
        }
    }
}
