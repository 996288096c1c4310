using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Diff;

namespace CircuitPipeline.Planning;

/// <summary>Turns a circuit diff into adapter ranks (CircuitLoRA; Wang et al. 2025, arXiv:2502.11812).</summary>
/// <remarks>
/// <list type="number">
/// <item>A rule orders the layers by what fine-tuning changed.</item>
/// <item>The first k of L layers are critical and get rank h, the others rank l.</item>
/// <item>With a budget of the uniform rank r, k·h + (L - k)·l = L·r: of all whole solutions, the one with the largest l below r,
/// so that the others lose least; 6 layers, k = 1, r = 4 give h = 9, l = 3.</item>
/// <item>Where there is no whole solution, the largest l that leaves h above r, and the largest h within the budget: less than one
/// rank step of the critical layers is left, and the plan says how many parameters that is.</item>
/// </list>
/// Every layer has the same maps, so parameters are ranks times one number per layer.
/// </remarks>
/// <param name="config">The shape of the model that the adapters are for.</param>
/// <param name="alphaOverRank">alpha / rank of every adapter; the paper's is 2.</param>
public sealed class RankPlanner(TransformerConfig config, double alphaOverRank = 2)
{
    /// <summary>Plans the ranks.</summary>
    /// <param name="diff">What fine-tuning changed in the circuit.</param>
    /// <param name="rule">How layers are ordered.</param>
    /// <param name="budget">What may be spent, and on how many layers.</param>
    /// <returns>The plan, with its exact number of parameters.</returns>
    /// <exception cref="ArgumentException">The diff is of another model, or the budget leaves no layer to take from.</exception>
    public RankPlan Plan(CircuitDiff diff, LayerRule rule, RankBudget budget) => Plan(diff.Layers, rule, budget);

    /// <summary>Plans the ranks from a diff of which only the sums by layer are there.</summary>
    /// <param name="changes">What fine-tuning changed, layer by layer.</param>
    /// <param name="rule">How layers are ordered.</param>
    /// <param name="budget">What may be spent, and on how many layers.</param>
    /// <returns>The plan, with its exact number of parameters.</returns>
    /// <exception cref="ArgumentException">The changes are of another model, the budget leaves no layer to take from, or ranks do not fit it.</exception>
    /// <exception cref="UndefinedResultException">The rule finds no change.</exception>
    public RankPlan Plan(ImmutableArray<LayerChange> changes, LayerRule rule, RankBudget budget)
    {
        int layers = config.NLayers;
        if (changes.Length != layers)
        {
            throw new ArgumentException(
                $"The circuits have '{changes.Length}' layers, but the model has {layers}.",
                nameof(changes)
            );
        }
        (int low, int high) = RanksOf(budget);
        ImmutableArray<RankedLayer> order = rule.Order(changes);
        if (order.All(layer => layer.Value == 0))
        {
            throw new UndefinedResultException(
                $"The rule '{rule.Name}' finds 0 in every layer, so no layer is critical: the circuits do not differ in what it sums; give circuits that do, or another rule."
            );
        }
        ImmutableArray<int> critical = [.. order.Take(budget.CriticalLayers).Select(layer => layer.Layer)];
        RankPattern pattern = new(low, critical.Select(layer => KeyValuePair.Create(layer, high)));
        return Describe(rule, budget, critical, pattern, high);
    }

    /// <summary>The ranks of a plan, whatever a rule says: those of the other layers, and of the critical ones.</summary>
    /// <param name="budget">What may be spent, and on how many layers.</param>
    /// <returns>Both ranks, 1 to the model's width.</returns>
    /// <exception cref="ArgumentException">The budget leaves no layer to take from, or ranks do not fit the model.</exception>
    public (int Low, int High) RanksOf(RankBudget budget)
    {
        int layers = config.NLayers;
        if (budget.CriticalLayers >= layers)
        {
            throw new ArgumentException(
                $"The number of critical layers is '{budget.CriticalLayers}', but 1 to {layers - 1} is allowed in a model of {layers}, since others must give what they get.",
                nameof(budget)
            );
        }
        (int low, int high) = Ranks(layers, budget);
        MustFit(low, high, budget);
        return (low, high);
    }

    /// <summary>The plan without a rule, to compare with.</summary>
    /// <param name="rank">The rank of every layer.</param>
    /// <returns>The plan of a uniform LoRA.</returns>
    public RankPlan Uniform(int rank)
    {
        RankPattern pattern = RankPattern.Uniform(rank);
        long parameters = pattern.TrainableParameters(config);
        return new RankPlan
        {
            Rule = "uniform",
            Why = string.Create(
                CultureInfo.InvariantCulture,
                $"Every layer has rank {rank}: {parameters:N0} trainable parameters."
            ),
            CriticalLayers = [],
            Pattern = pattern,
            AlphaOverRank = alphaOverRank,
            TrainableParameters = parameters,
            BudgetParameters = parameters,
        };
    }

    private RankPlan Describe(
        LayerRule rule,
        RankBudget budget,
        ImmutableArray<int> critical,
        RankPattern pattern,
        int high
    )
    {
        long parameters = pattern.TrainableParameters(config);
        long? wanted = budget.UniformRank is int rank ? RankPattern.Uniform(rank).TrainableParameters(config) : null;
        string comparison = (wanted - parameters) switch
        {
            null => "as the ranks were given",
            0 => $"exactly those of rank {budget.UniformRank} everywhere",
            long left => string.Create(
                CultureInfo.InvariantCulture,
                $"{left:N0} fewer than the {wanted:N0} of rank {budget.UniformRank} everywhere, which no whole ranks meet"
            ),
        };
        return new RankPlan
        {
            Rule = rule.Name,
            Why = string.Create(
                CultureInfo.InvariantCulture,
                $"Layer {string.Join(", ", critical)} by {rule.Why}: rank {high}, the others {pattern.DefaultRank}; {parameters:N0} trainable parameters, {comparison}."
            ),
            CriticalLayers = critical,
            Pattern = pattern,
            AlphaOverRank = alphaOverRank,
            TrainableParameters = parameters,
            BudgetParameters = wanted,
        };
    }

    // No map of a block is of a higher rank than the residual stream is wide.
    private void MustFit(int low, int high, RankBudget budget)
    {
        if (budget.UniformRank is int uniform && high > config.DModel)
        {
            int? fits = LargestUniform(budget, uniform);
            throw new ArgumentException(
                $"As many parameters as rank '{uniform}' everywhere take rank {high} in the critical layers, but at most {config.DModel}, the model's width, is possible; "
                    + (
                        fits is null
                            ? "choose more critical layers."
                            : $"the largest rank everywhere that can be met is {fits}."
                    )
            );
        }
        if (low > config.DModel)
        {
            throw new ArgumentException(
                $"The rank of the others is '{low}', but 1 to {config.DModel}, the model's width, is allowed."
            );
        }
        if (high > config.DModel || high < low)
        {
            throw new ArgumentException(
                $"The critical rank is '{high}', but {low} to {config.DModel} is allowed: the others' rank to the model's width."
            );
        }
    }

    private int? LargestUniform(RankBudget budget, int below)
    {
        for (int uniform = Math.Min(below, config.DModel) - 1; uniform > 1; uniform--)
        {
            RankBudget smaller = RankBudget.EqualTo(uniform, budget.CriticalLayers);
            if (HasRaise(smaller) && Ranks(config.NLayers, smaller).High <= config.DModel)
            {
                return uniform;
            }
        }
        return null;

        // The others at rank 1 leave the most.
        bool HasRaise(RankBudget smaller) =>
            (config.NLayers * smaller.UniformRank - (config.NLayers - smaller.CriticalLayers)) / smaller.CriticalLayers
            > smaller.UniformRank;
    }

    private static (int Low, int High) Ranks(int layers, RankBudget budget)
    {
        if (budget is { HighRank: int high, LowRank: int low })
        {
            return (low, high);
        }
        (int uniform, int critical) = (budget.UniformRank!.Value, budget.CriticalLayers);
        int[] lows = budget.LowRank is int given ? [given] : [.. Enumerable.Range(1, uniform - 1).Reverse()];
        int Left(int rank) => layers * uniform - (layers - critical) * rank;
        int[] raising = [.. lows.Where(rank => Left(rank) / critical > uniform)];
        if (raising.Length == 0)
        {
            throw new ArgumentException(
                $"The '{layers - critical}' other layers cannot give '{critical}' critical ones a rank above '{uniform}': choose fewer critical layers or a higher uniform rank."
            );
        }
        int chosen = raising.Cast<int?>().FirstOrDefault(rank => Left(rank!.Value) % critical == 0) ?? raising[0];
        return (chosen, Left(chosen) / critical);
    }
}
