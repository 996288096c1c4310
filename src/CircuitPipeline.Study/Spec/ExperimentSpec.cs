using System.ComponentModel.DataAnnotations;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Imports;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Tensors.Reproducibility;
using CircuitPipeline.Training.Methods;

namespace CircuitPipeline.Study.Spec;

/// <summary>A study as its YAML file says it; keys are the properties' names in lower case with underscores.</summary>
public sealed record ExperimentSpec : ICheckedSpec
{
    private const string CheckpointKey = "model.checkpoint";

    /// <summary>The study's name, also the name of its folder under <c>artifacts/</c>.</summary>
    [RegularExpression(
        @"^(?!store$)(?=.{1,64}$)[a-z0-9](\.?[a-z0-9-])*$",
        ErrorMessage = "1 to 64 lower-case letters, digits, hyphens and dots between them, and not 'store'"
    )]
    public required string Study { get; init; }

    /// <summary>Where all chance of the study comes from.</summary>
    [Range(0, int.MaxValue)]
    public required int Seed { get; init; }

    /// <summary>How many threads one work item computes with; sums, and so results, depend on it.</summary>
    [Range(1, 256)]
    public required int ThreadsPerJob { get; init; }

    /// <summary>Which instructions to compute with; results depend on them in the last bits, and after training in more. <c>fast</c> also trains LoRA adapters over one base together.</summary>
    /// <value>The default is <c>reproducible</c>: the same bytes on every x64 processor with AVX2.</value>
    public Numerics Numerics { get; init; } = Numerics.Reproducible;

    /// <summary>Whether the study does what the paper's code does, or that corrected.</summary>
    /// <value>The default is <c>corrected</c>.</value>
    public StudyProtocol Protocol { get; init; } = StudyProtocol.Corrected;

    /// <summary>Single points in which the study differs from its protocol.</summary>
    /// <value>By default none.</value>
    public TrapsSpec? Traps { get; init; }

    /// <summary>The base model.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The pretraining corpus.</summary>
    /// <value>Only with a shape to pretrain.</value>
    [InsteadOf(CheckpointKey)]
    public CorpusSpec? Data { get; init; }

    /// <summary>How many prompt pairs each set of a task holds that is drawn.</summary>
    /// <value>With a checkpoint only where tasks are drawn for it.</value>
    [InsteadOf(CheckpointKey, MayStandBeside = true)]
    public SplitSpec? Splits { get; init; }

    /// <summary>Files that sets of prompt pairs are read from.</summary>
    /// <value>By default every set is drawn; with a checkpoint none is, and files are needed.</value>
    public PairsSpec? Pairs { get; init; }

    /// <summary>The prompt tasks, each with circuits, changes, plans and adapters of its own.</summary>
    /// <value>By default one, large sums and differences, beside whose circuit stand those of two others.</value>
    [Length(1, 100)]
    public TaskSpec[]? Tasks { get; init; }

    /// <summary>How often the study is repeated.</summary>
    public required SeedsSpec Seeds { get; init; }

    /// <summary>How the base model is trained.</summary>
    /// <value>Only with a shape to pretrain.</value>
    [InsteadOf(CheckpointKey)]
    public PretrainSpec? Pretrain { get; init; }

    /// <summary>The ways of fine-tuning that are compared; the circuits are those of <c>lora</c>, which must be among them.</summary>
    /// <value>By default <c>lora</c>, <c>circuit-lora</c>, <c>random-lora</c> and <c>full</c>; <c>circuit-lora-union</c> is for a two-step task only, planned from its parts.</value>
    [
        Length(1, 10),
        AllowedValues(
            "lora",
            "circuit-lora",
            "circuit-lora-union",
            "random-lora",
            "full",
            "rslora",
            "dora",
            "adalora",
            "pissa",
            "ia3"
        )
    ]
    public string[]? Methods { get; init; }

    /// <summary>How it is fine-tuned.</summary>
    public required FineTuneSpec FineTune { get; init; }

    /// <summary>How circuits are found.</summary>
    public required DiscoverSpec Discover { get; init; }

    /// <summary>How ranks are planned.</summary>
    public required PlanSpec Plan { get; init; }

    /// <summary>The files of pairs, task by task, each with where the experiment names them.</summary>
    internal IEnumerable<TaskFiles> Files =>
        (
            Tasks?.Select((task, place) => (task.NameInStudy, Path: $"tasks[{place}].pairs", task.Pairs))
            ?? [((string?)null, "pairs", Pairs)]
        )
            .Where(task => task.Pairs?.Named.Any() == true)
            .Select(task => new TaskFiles(task.Item1, task.Path, task.Pairs!));

    /// <summary>What a model that is trained from scratch is made of; null for a checkpoint.</summary>
    internal FromScratchSpec? FromScratch =>
        Model is ModelShapeSpec shape && Data is { } data && Splits is { } splits && Pretrain is { } pretrain
            ? new(shape, data, splits, pretrain)
            : null;

    /// <summary>The switches that stand as in the paper's code; null where they are corrected.</summary>
    internal TrapsSpec OpenTraps => (Traps ?? new()).Open(Protocol == StudyProtocol.Paper, FromScratch is null);

    /// <summary>Whether the only target's circuit is compared with those of the task that it is a part of.</summary>
    internal bool ComposesDrawn =>
        Tasks is null && (FromScratch is not null || Pairs is { MulDiv: not null, TwoStep: not null });

    /// <summary>Where sums, products and what composes them are tasks of the study: their names, the composition last; else null.</summary>
    internal string[]? ComposedTasks =>
        new[] { "add-sub", "mul-div", "two-step" }
            .Select(part => Tasks?.FirstOrDefault(task => (task.Task ?? task.Name) == part)?.NameInStudy)
            .OfType<string>()
            .ToArray()
            is { Length: 3 } all
            ? all
            : null;

    /// <summary>A task by its name in the study; null for the only one of a study that names none.</summary>
    internal TaskSpec? TaskNamed(string? name) => Tasks?.First(task => task.NameInStudy == name);

    /// <summary>How many pairs the sets of a task hold that is drawn; null where none is.</summary>
    internal SplitSpec? SplitsOf(string? name) => TaskNamed(name)?.Splits ?? Splits;

    IEnumerable<SpecProblem> ICheckedSpec.Problems() =>
        [
            .. Tasks is null ? ProblemsOfTarget() : TaskProblems.Of(this, Tasks),
            .. FromScratch is null && Seeds.Bases != 1
                ? (SpecProblem[])
                    [
                        new(
                            "seeds.bases",
                            $"is {Seeds.Bases}, but 'model.checkpoint' is one base model; write 1, and repeat with 'adapters'."
                        ),
                    ]
                : [],
            .. Methods is not null && !Methods.Contains("lora")
                ? (SpecProblem[])
                    [
                        new(
                            "methods",
                            "lack 'lora', but circuits are found along it and others are compared with it; add it."
                        ),
                    ]
                : [],
            .. FromScratch is not null && Traps?.Newline == TrapsSpec.Trained
                ? (SpecProblem[])
                    [
                        new(
                            "traps.newline",
                            "is 'trained', but the words of a model that is trained here have no newline; leave it out."
                        ),
                    ]
                : [],
            .. Discover.Methods?.Except(FineTuneMethods.Of(this)).FirstOrDefault() is { } other
                ? (SpecProblem[])
                    [
                        new(
                            "discover.methods",
                            $"name '{other}', which is not among 'methods', so nothing is trained by it; add it there or leave it out."
                        ),
                    ]
                : [],
            .. ProblemsOfOptions(),
            .. ProblemsOfPlan(),
            .. PlannedRanks.Problems(Plan),
            .. FromScratch is { } own
                ? PlannedRanks.Problems(Plan, FineTune, PretrainedShape.Of(own.Model, own.Data.ToVocabulary()))
                : [], // a checkpoint's shape is read later
            .. CircuitProblems.Of(this),
            .. AnswerRoom.Problems(this),
            .. Methods is not null && Methods.Distinct().Count() < Methods.Length
                ? (SpecProblem[])[new("methods", "name one method twice; name each once.")]
                : [],
        ];

    // Options of a method that is not trained.
    private IEnumerable<SpecProblem> ProblemsOfOptions()
    {
        string[] given =
        [
            .. FineTune.Adalora is null ? (string[])[] : [AdaLora.Name],
            .. FineTune.Ia3 is null ? (string[])[] : [Ia3.Name],
        ];
        return given
            .Where(method => Methods?.Contains(method) != true)
            .Select(method => new SpecProblem(
                $"fine_tune.{method}",
                $"is given, but '{method}' is not among 'methods', so nothing is trained by it; add it there or leave this out."
            ));
    }

    // What would only fail when ranks are planned, hours later.
    private IEnumerable<SpecProblem> ProblemsOfPlan()
    {
        if (FineTune.Rank < 2 && Plan.CriticalRank is null)
        {
            yield return new SpecProblem(
                "fine_tune.rank",
                $"is {FineTune.Rank}, but a plan takes rank from some layers for others, which 1 has none to spare for; write 2 or more."
            );
        }
    }

    private IEnumerable<SpecProblem> ProblemsOfTarget() =>
        FromScratch is { } own
            ? own.Splits.Problems(own.Data).Select(problem => problem with { Key = $"splits.{problem.Key}" })
            : ProblemsOfCheckpoint();

    // The only target of a study is drawn in our own words, which a checkpoint does not have.
    private IEnumerable<SpecProblem> ProblemsOfCheckpoint()
    {
        string[] missing = [.. PairsSpec.KeysOfTarget.Except((Pairs?.Named ?? []).Select(named => named.Key))];
        if (missing.Length > 0)
        {
            yield return new SpecProblem(
                "pairs",
                $"names no file for {string.Join(", ", missing.Select(key => $"'{key}'"))}, but with 'model.checkpoint' no set is drawn; name a file for each."
            );
        }

        if (Splits is not null)
        {
            yield return new SpecProblem(
                "splits",
                "is given beside 'model.checkpoint', but no task is drawn; name some in 'tasks', or leave it out."
            );
        }

        if (Pairs is not null && Pairs.MulDiv is null != Pairs.TwoStep is null)
        {
            yield return new SpecProblem(
                "pairs",
                "has one of 'mul_div' and 'two_step', but a composition needs both; name both or neither."
            );
        }
    }
}

/// <summary>The files that a task's pairs are read from.</summary>
/// <param name="Task">The task's name; null for the only one of a study.</param>
/// <param name="Path">Where the experiment names them, as <c>tasks[0].pairs</c>.</param>
/// <param name="Pairs">The files.</param>
internal sealed record TaskFiles(string? Task, string Path, PairsSpec Pairs);

/// <summary>What a model that is trained from scratch is made of.</summary>
internal sealed record FromScratchSpec(ModelShapeSpec Model, CorpusSpec Data, SplitSpec Splits, PretrainSpec Pretrain)
{
    /// <summary>The share of a task's keys that the corpus may state; 0 where it has no lines of it.</summary>
    internal double ShareOf(string task) => Data.Tasks?.FirstOrDefault(line => line.Task == task)?.Share ?? 0;

    /// <summary>The sizes of the sets of a task by its name; null where it is no task of the study.</summary>
    internal SplitSpec? SplitsOf(TaskSpec[]? tasks, string name) =>
        tasks?.FirstOrDefault(task => task.Task == name) is { } found ? found.Splits ?? Splits : null;
}
