namespace CircuitPipeline.Planning;

/// <summary>What a rank plan may spend, and on how many layers.</summary>
public sealed record RankBudget
{
    private RankBudget() { }

    /// <summary>How many critical layers get the higher rank.</summary>
    public required int CriticalLayers { get; init; }

    /// <summary>The uniform rank whose number of parameters the plan meets; null for ranks that are given.</summary>
    public int? UniformRank { get; private init; }

    /// <summary>The rank of the other layers, where it is given.</summary>
    public int? LowRank { get; private init; }

    /// <summary>The rank of the critical layers, where it is given.</summary>
    public int? HighRank { get; private init; }

    /// <summary>As many parameters as the same rank everywhere.</summary>
    /// <param name="uniformRank">That rank, 2 or more, so that layers can give some of it.</param>
    /// <param name="criticalLayers">How many layers get more.</param>
    /// <param name="lowRank">What the others keep, below the uniform rank; the planner chooses when null.</param>
    /// <returns>The budget.</returns>
    public static RankBudget EqualTo(int uniformRank, int criticalLayers = 1, int? lowRank = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(criticalLayers, 1);
        if (uniformRank < 2)
        {
            throw new ArgumentOutOfRangeException(
                nameof(uniformRank),
                $"The uniform rank is '{uniformRank}', but a plan needs 2 or more, since every layer keeps at least rank 1."
            );
        }
        if (lowRank is < 1 || lowRank >= uniformRank)
        {
            throw new ArgumentOutOfRangeException(
                nameof(lowRank),
                $"The lower rank is '{lowRank}', but 1 to {uniformRank - 1} is allowed below the uniform rank '{uniformRank}'."
            );
        }
        return new RankBudget
        {
            CriticalLayers = criticalLayers,
            UniformRank = uniformRank,
            LowRank = lowRank,
        };
    }

    /// <summary>Ranks as given, whatever they cost: the paper's 8 and 32 in 5 layers.</summary>
    /// <param name="lowRank">The rank of the other layers, 1 or more.</param>
    /// <param name="highRank">The rank of the critical layers, 1 or more.</param>
    /// <param name="criticalLayers">How many layers are critical.</param>
    /// <returns>The budget.</returns>
    public static RankBudget Given(int lowRank, int highRank, int criticalLayers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lowRank, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(highRank, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(criticalLayers, 1);
        return new RankBudget
        {
            CriticalLayers = criticalLayers,
            LowRank = lowRank,
            HighRank = highRank,
        };
    }
}
