namespace CircuitPipeline.Study.Verbs;

/// <summary>What <see cref="RankPlanning"/> is asked for.</summary>
public sealed record PlanRequest
{
    /// <summary>The file of the circuit before fine-tuning.</summary>
    public required string Before { get; init; }

    /// <summary>The file of the circuit after fine-tuning.</summary>
    public required string After { get; init; }

    /// <summary>The layer rule: <c>paper</c>, <c>random</c>, or the name of another rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The folder of the model that the adapters are for; only its <c>config.json</c> is read.</summary>
    public required string Model { get; init; }

    /// <summary>How many layers get the critical rank.</summary>
    /// <value>The default is 5, the paper's.</value>
    public int TopK { get; init; } = 5;

    /// <summary>The rank of the other layers.</summary>
    /// <value>The default is 8, the paper's.</value>
    public int Rank { get; init; } = 8;

    /// <summary>The rank of the critical layers.</summary>
    /// <value>The default is 32, the paper's.</value>
    public int CriticalRank { get; init; } = 32;

    /// <summary>A uniform rank whose number of parameters the plan must meet; the ranks are then chosen, not given.</summary>
    public int? EqualTo { get; init; }

    /// <summary>alpha / rank of every adapter.</summary>
    /// <value>The default is 2, the paper's.</value>
    public double AlphaOverRank { get; init; } = 2;

    /// <summary>The seed of the rule <c>random</c>.</summary>
    public int Seed { get; init; }

    /// <summary>The folder that gets <c>rank-plan.json</c> and <c>adapter_config.json</c>.</summary>
    public required string Output { get; init; }
}
