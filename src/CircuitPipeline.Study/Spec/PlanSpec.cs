using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Planning;

namespace CircuitPipeline.Study.Spec;

/// <summary>How ranks are planned from the change of the circuit.</summary>
public sealed record PlanSpec
{
    /// <summary>The rule that the retrained CircuitLoRA follows; the others are only compared.</summary>
    [AllowedValues(
        "source-layer",
        "source-layer-without-input",
        "destination-layer",
        "normalised-source-layer",
        "flips"
    )]
    public required string Rule { get; init; }

    /// <summary>How many layers get the higher rank; the others give what these get.</summary>
    [Range(1, AdapterRanges.MaxCriticalLayers)]
    public required int CriticalLayers { get; init; }

    /// <summary>The rank of the critical layers, as the paper's 32; beside <see cref="OtherRank"/>.</summary>
    /// <value>By default what gives a plan as many parameters as the uniform adapter has.</value>
    [Range(1, AdapterRanges.MaxRank)]
    public int? CriticalRank { get; init; }

    /// <summary>The rank of the other layers, as the paper's 8; beside <see cref="CriticalRank"/>.</summary>
    /// <value>By default as above.</value>
    [Range(1, AdapterRanges.MaxRank)]
    public int? OtherRank { get; init; }
}
