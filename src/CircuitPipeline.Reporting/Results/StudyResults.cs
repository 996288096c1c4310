using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;

namespace CircuitPipeline.Reporting.Results;

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

    /// <summary>How circuits changed from each checkpoint to the next, beside the floors of both.</summary>
    public ImmutableArray<CircuitChange> Transitions { get; init; } = [];

    /// <summary>How circuits at the end of other methods differ from the base model's and from the one that the others are compared along.</summary>
    public ImmutableArray<CircuitChange> MethodChanges { get; init; } = [];

    /// <summary>The change per layer, one entry per rule.</summary>
    public ImmutableArray<LayerRuleSums> LayerRules { get; init; } = [];

    /// <summary>Faithfulness and accuracy of circuits of several sizes.</summary>
    public ImmutableArray<CircuitQuality> Qualities { get; init; } = [];

    /// <summary>Circuits to draw; the first is the one that the others are compared with, the second the one that stands in tables beside it.</summary>
    public ImmutableArray<CircuitView> Circuits { get; init; } = [];

    /// <summary>The circuits through fine-tuning, of each base model.</summary>
    public ImmutableArray<CircuitTrajectory> Trajectories { get; init; } = [];

    /// <summary>What each base model says to the questions about circuits.</summary>
    public ImmutableArray<BaseEvidence> Bases { get; init; } = [];

    /// <summary>Whose protocol the study follows; null when not told.</summary>
    public ProtocolSummary? Protocol { get; init; }

    /// <summary>The sets of prompt pairs, and what of them was left out.</summary>
    public ImmutableArray<SampleSet> Sets { get; init; } = [];

    /// <summary>Rank plans, one entry per rule.</summary>
    public ImmutableArray<PlanSummary> Plans { get; init; } = [];

    /// <summary>The union of two tasks' circuits against the circuit of the composed task; empty when not measured.</summary>
    public ImmutableArray<CompositionMeasure> Composition { get; init; } = [];

    /// <summary>The same and the parts' intersection at several sizes, collapsed, beside chance; of all base models.</summary>
    public ImmutableArray<CompositionOverlap> Overlaps { get; init; } = [];

    /// <summary>What fine-tuning on the parts changes in the union of their circuits, one entry per base model; empty when not measured.</summary>
    public ImmutableArray<CircuitChange> UnionChanges { get; init; } = [];

    /// <summary>How much circuits depend on the pairs that they are found with, of all base models; empty when not measured.</summary>
    public ImmutableArray<CircuitRobustness> Robustness { get; init; } = [];

    /// <summary>The results of each task, where a study has several; then those above are empty but for the composition's.</summary>
    public ImmutableArray<StudyResults> Tasks { get; init; } = [];

    /// <summary>Where the numbers come from.</summary>
    public required StudyProvenance Provenance { get; init; }

    /// <summary>How long each stage took, and what was cached.</summary>
    public ImmutableArray<StageTime> Stages { get; init; } = [];
}

/// <summary>One thing that was set.</summary>
/// <param name="Name">What was set.</param>
/// <param name="Value">To what.</param>
/// <param name="Why">Why; may be empty.</param>
public sealed record Setting(string Name, string Value, string Why = "");

/// <summary>How long a stage took.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Seconds">Seconds that its items took when they ran, cached ones included.</param>
/// <param name="Items">How many work items it has.</param>
/// <param name="Cached">How many of them were taken from the store.</param>
public sealed record StageTime(string Stage, double Seconds, int Items, int Cached);

/// <summary>Where the numbers come from.</summary>
/// <param name="Facts">Commit, engine, processor, versions: a name and a value each.</param>
/// <param name="Spec">The study's spec, as it was run.</param>
public sealed record StudyProvenance(ImmutableArray<Setting> Facts, string Spec);

/// <summary>What was measured at one checkpoint of fine-tuning; null where it was not measured.</summary>
/// <param name="Run">The run's name, such as the method.</param>
/// <param name="Step">The optimiser's step; 0 is the base model.</param>
/// <param name="Loss">Loss on the validation split, in nats.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation split.</param>
/// <param name="Faithfulness">Faithfulness of the circuit found at this checkpoint.</param>
/// <param name="Edges">Edges of that circuit, after pruning.</param>
public sealed record CheckpointMeasure(
    string Run,
    int Step,
    double? Loss,
    double? ValidationAccuracy,
    double? Faithfulness,
    int? Edges
);
