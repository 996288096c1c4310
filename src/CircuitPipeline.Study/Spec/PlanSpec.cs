using System.ComponentModel.DataAnnotations;

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
    [Range(1, 1000)]
    public required int CriticalLayers { get; init; }
}
