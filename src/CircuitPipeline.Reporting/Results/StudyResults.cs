using System.Collections.Immutable;
using CircuitPipeline.Planning;

namespace CircuitPipeline.Reporting;

/// <summary>Everything that the report page and the tables show, as plain numbers and names.</summary>
public sealed record StudyResults
{
    /// <summary>The study's name.</summary>
    public required string Study { get; init; }

    /// <summary>The question that the study asks, in a sentence or two.</summary>
    public required string Question { get; init; }

    /// <summary>What was set, to what, and why.</summary>
    public ImmutableArray<Setting> Settings { get; init; } = [];

    /// <summary>Accuracy on the test split, one entry per method, the base and full fine-tuning as references.</summary>
    public ImmutableArray<MethodAccuracy> Accuracies { get; init; } = [];

    /// <summary>Differences between methods on the same items.</summary>
    public ImmutableArray<PairedDifference> Differences { get; init; } = [];

    /// <summary>What was measured at each checkpoint of fine-tuning.</summary>
    public ImmutableArray<CheckpointMeasure> Checkpoints { get; init; } = [];

    /// <summary>How circuits changed, each beside its resampling floor.</summary>
    public ImmutableArray<CircuitChange> Changes { get; init; } = [];

    /// <summary>The change per layer, one entry per rule.</summary>
    public ImmutableArray<LayerRuleSums> LayerRules { get; init; } = [];

    /// <summary>Faithfulness and accuracy of circuits of several sizes.</summary>
    public ImmutableArray<CircuitQuality> Qualities { get; init; } = [];

    /// <summary>Circuits to draw; the first is the one that the others are compared with.</summary>
    public ImmutableArray<CircuitView> Circuits { get; init; } = [];

    /// <summary>Rank plans, one entry per rule.</summary>
    public ImmutableArray<PlanSummary> Plans { get; init; } = [];

    /// <summary>The union of two tasks' circuits against the circuit of the composed task; empty when not measured.</summary>
    public ImmutableArray<CompositionMeasure> Composition { get; init; } = [];

    /// <summary>Where the numbers come from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>How long each stage took, and what was cached.</summary>
    public ImmutableArray<StageTime> Stages { get; init; } = [];
}
