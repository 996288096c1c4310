using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Planning;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Reproducibility;

namespace CircuitPipeline.Study.Spec;

/// <summary>A study as its YAML file says it; keys are the properties' names in lower case with underscores.</summary>
public sealed record ExperimentSpec : ICheckedSpec
{
    /// <summary>The study's name, also the name of its folder under <c>artifacts/</c>.</summary>
    [RegularExpression(
        "^(?!store$)[a-z0-9][a-z0-9-]{0,63}$",
        ErrorMessage = "1 to 64 lower-case letters, digits and hyphens, and not 'store'"
    )]
    public required string Study { get; init; }

    /// <summary>Where all chance of the study comes from.</summary>
    [Range(0, int.MaxValue)]
    public required int Seed { get; init; }

    /// <summary>How many threads one work item computes with; sums, and so results, depend on it.</summary>
    [Range(1, 256)]
    public required int ThreadsPerJob { get; init; }

    /// <summary>Which instructions to compute with; results depend on them in the last bits, and after training in more.</summary>
    /// <value>The default is <c>reproducible</c>: the same bytes on every x64 processor with AVX2.</value>
    public Numerics Numerics { get; init; } = Numerics.Reproducible;

    /// <summary>The architecture of the base model.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The pretraining corpus.</summary>
    public required CorpusSpec Data { get; init; }

    /// <summary>How many prompt pairs of the target task each split holds.</summary>
    public required SplitSpec Splits { get; init; }

    /// <summary>Files that sets of prompt pairs are read from.</summary>
    /// <value>By default every set is drawn.</value>
    public PairsSpec? Pairs { get; init; }

    /// <summary>How often the study is repeated.</summary>
    public required SeedsSpec Seeds { get; init; }

    /// <summary>How the base model is trained.</summary>
    public required PretrainSpec Pretrain { get; init; }

    /// <summary>How it is fine-tuned.</summary>
    public required FineTuneSpec FineTune { get; init; }

    /// <summary>How circuits are found.</summary>
    public required DiscoverSpec Discover { get; init; }

    /// <summary>How ranks are planned.</summary>
    public required PlanSpec Plan { get; init; }

    IEnumerable<SpecProblem> ICheckedSpec.Problems() =>
        Splits.Problems(Data).Select(problem => problem with { Key = $"splits.{problem.Key}" });
}

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
}
