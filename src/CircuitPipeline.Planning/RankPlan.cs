using System.Collections.Immutable;

namespace CircuitPipeline.Planning;

/// <summary>Adapter ranks, and why they are what they are.</summary>
public sealed record RankPlan
{
    /// <summary>The name of the rule that ordered the layers; <c>uniform</c> for the same rank everywhere.</summary>
    public required string Rule { get; init; }

    /// <summary>One sentence: which layers, by what, and how the number of parameters compares with the budget.</summary>
    public required string Why { get; init; }

    /// <summary>The layers with the higher rank, the most critical first.</summary>
    public required ImmutableArray<int> CriticalLayers { get; init; }

    /// <summary>The ranks.</summary>
    public required RankPattern Pattern { get; init; }

    /// <summary>alpha / rank, the same for every adapter, so that the scaling does not depend on the rank.</summary>
    public required double AlphaOverRank { get; init; }

    /// <summary>Parameters that the adapters train, exactly.</summary>
    public required long TrainableParameters { get; init; }

    /// <summary>Parameters of the uniform rank that the plan was to meet; null when ranks were given.</summary>
    public long? BudgetParameters { get; init; }

    /// <summary>The rank of each layer, which is that of all its maps.</summary>
    /// <param name="layers">How many layers the model has.</param>
    public ImmutableArray<int> RanksByLayer(int layers) =>
        [.. Enumerable.Range(0, layers).Select(layer => Pattern.RankOf(layer))];
}
