using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Planning;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.FineTune;

/// <summary>Fine-tunes every base model with the uniform adapter and keeps the adapter at the checkpoints.</summary>
internal sealed class FineTuneStage(ExperimentSpec spec, ImportedModel? imported) : IStage
{
    /// <inheritdoc/>
    public string Name => FineTuneFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        from task in StudyTask.Trained(spec)
        let others = OtherSet.Beside(task, spec)
        from repetition in ItemNames.Repetitions(spec.Seeds)
        select WorkItem
            .Of(
                task.Run(FineTuneMethods.Lora, repetition.Base, repetition.Adapter),
                new Slice(
                    spec.Seed,
                    task.Name,
                    repetition.Base,
                    repetition.Adapter,
                    others,
                    spec.FineTune.For(FineTuneMethods.Lora),
                    new(spec.OpenTraps.Padding)
                ),
                Train,
                FineTuneRun.Inputs(task, repetition.Base, others, imported),
                usesEngine: true
            )
            .Jointly<Slice>(ItemNames.Base(repetition.Base), TrainAll);

    private static void Train(Slice slice, WorkItemContext context)
    {
        using PlannedRun run = Planned(slice, context, null);
        run.Train();
    }

    private static IEnumerable<IReadOnlyList<WorkItemContext>> TrainAll(
        IReadOnlyList<(Slice Slice, WorkItemContext Context)> items
    ) =>
        PlannedRun.TrainAll(
            items,
            (slice, context) => new StudyModel(new StudyTask(slice.Task), slice.Base, 0).Load(context),
            Planned
        );

    private static PlannedRun Planned(Slice slice, WorkItemContext context, Transformer? model)
    {
        FineTuneRun run = new(
            slice.FineTune,
            slice.Traps.Padding,
            new StudyTask(slice.Task),
            slice.Others,
            slice.Base,
            context,
            model
        );
        RankPlan plan = new RankPlanner(run.Model.Config, slice.FineTune.AlphaOverRank).Uniform(slice.FineTune.Rank);
        return new PlannedRun(run, plan, FineTuneRun.RandomOf(slice.Seed, slice.Base, slice.Adapter))
        {
            AtStart = run.TestBase,
            AtCheckpoint = (adapter, step) => run.Files.Save(adapter, plan, FineTuneFiles.CheckpointFolder(step)),
        };
    }

    private sealed record Slice(
        int Seed,
        string? Task,
        int Base,
        int Adapter,
        OtherSet[]? Others,
        FineTuneSpec FineTune,
        Open Traps
    );

    private sealed record Open(string? Padding);
}
