using System.Collections.Immutable;
using CircuitPipeline.Circuits;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Planning;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.Verbs;

/// <summary>Plans adapter ranks from two circuits in files: the verb <c>plan</c>; needs no tensor engine.</summary>
public static class RankPlanning
{
    /// <summary>The plan's file in the output folder.</summary>
    public const string PlanName = "rank-plan.json";

    private const string Paper = "paper";
    private const string Chance = "random";

    /// <summary>The layer rules, by name.</summary>
    public static IReadOnlyList<string> Rules { get; } = [Paper, .. LayerRule.OfDiff.Select(rule => rule.Name), Chance];

    /// <summary>Reads two circuits and a model's shape, plans, and writes the plan and PEFT's configuration.</summary>
    /// <param name="request">What is asked for.</param>
    /// <returns>The plan, and how it depends on the rule.</returns>
    /// <exception cref="InvalidExperimentException">The rule is unknown, or the plan cannot be met.</exception>
    /// <exception cref="InvalidCircuitException">A circuit cannot be read.</exception>
    /// <exception cref="InvalidConfigException">The model's shape cannot be read.</exception>
    public static PlannedFiles Run(PlanRequest request)
    {
        OutputFile planFile = OutputFile.At(Path.Combine(request.Output, PlanName), "--out");
        OutputFile adapterFile = OutputFile.At(Path.Combine(request.Output, PeftConfig.FileName), "--out");
        TransformerConfig config = HuggingFaceConfig.Read(request.Model);
        CircuitDiff diff = CircuitComparison.Diff(request.Before, request.After, collapse: false);
        MustBeOf(config, diff.Before.Graph);
        LayerRule rule =
            request.Rule == Chance ? new RandomLayers(request.Seed) : Asked.For(() => LayerRule.Named(request.Rule));
        RankPlan plan = Asked.For(() =>
            new RankPlanner(config, request.AlphaOverRank).Plan(diff, rule, BudgetOf(request))
        );
        ImmutableArray<RuleComparison> rules = RuleComparison.Of(diff, request.TopK, [rule, .. OtherRules(diff, rule)]);
        PlannedFiles planned = new(plan, rules, planFile.FullPath, adapterFile.FullPath);
        planFile.Write(StageJson.Write(planned.Document));
        adapterFile.Write(PeftConfig.Write(plan, config, request.Model));
        return planned;
    }

    private static void MustBeOf(TransformerConfig config, ComputationGraph graph)
    {
        if ((graph.NLayers, graph.NHeads) != (config.NLayers, config.NHeads))
            throw new InvalidExperimentException(
                $"The circuits are of a model of {graph}, but the model's '{Models.Checkpoint.ConfigFile}' says '{config.NLayers}' layers of '{config.NHeads}' heads; name the model that the circuits are of."
            );
    }

    private static RankBudget BudgetOf(PlanRequest request) =>
        request.EqualTo is int uniform
            ? RankBudget.EqualTo(uniform, request.TopK)
            : RankBudget.Given(request.Rank, request.CriticalRank, request.TopK);

    // A circuit without scores has flips only.
    private static IEnumerable<LayerRule> OtherRules(CircuitDiff diff, LayerRule rule) =>
        LayerRule.OfDiff.Where(other =>
            other != rule
            && (diff.Layers[0].Scores is not null || other is ScoredLayerRule { Measure: LayerMeasure.Flips })
        );
}
