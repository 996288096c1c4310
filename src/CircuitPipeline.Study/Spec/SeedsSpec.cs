using System.ComponentModel.DataAnnotations;

namespace CircuitPipeline.Study.Spec;

/// <summary>How often the study is repeated; every repetition has weights and data orders of its own.</summary>
public sealed record SeedsSpec
{
    /// <summary>Base models; the unit of sampling.</summary>
    [Range(1, 1000)]
    public required int Bases { get; init; }

    /// <summary>Adapters of each kind per base model; kinds are paired by initial weights and data order.</summary>
    [Range(1, 1000)]
    public required int Adapters { get; init; }
}
