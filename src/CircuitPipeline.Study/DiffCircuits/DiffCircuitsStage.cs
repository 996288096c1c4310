using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.DiffCircuits;

/// <summary>Compares the base model's circuit with each checkpoint's, beside what other prompt pairs alone would change.</summary>
internal sealed class DiffCircuitsStage(ExperimentSpec spec) : IStage
{
    /// <inheritdoc/>
    public string Name => DiffCircuitsFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() => [.. OfTrained(), .. OfComposed()];

    private IEnumerable<WorkItem> OfTrained() =>
        from trained in StudyTask.TrainedOnBases(spec)
        select WorkItem.Of(
            DiffCircuitsFiles.ItemOf(trained.Task, trained.Base),
            new Slice(
                trained.Task.Name,
                trained.Base,
                new Steps(spec.FineTune.Checkpoints),
                new Size(spec.Discover.ComparePercent),
                spec.ComposesDrawn
            ),
            Compare,
            Comparisons(trained.Task, trained.Base, spec.FineTune.Checkpoints)
                .SelectMany(row => (Which[])[row.Before, row.After])
                .Concat(spec.ComposesDrawn ? Composed(trained.Base) : [])
                .Distinct()
                .Select(which => InputOf(which, spec.Discover.ComparePercent))
        );

    private IEnumerable<WorkItem> OfComposed() =>
        from tasks in spec.ComposedTasks is { } names ? (string[][])[names] : []
        from number in Enumerable.Range(0, spec.Seeds.Bases)
        select WorkItem.Of(
            DiffCircuitsFiles.CompositionOf(number),
            new ComposedSlice(tasks, number, new Size(spec.Discover.ComparePercent)),
            Compose,
            tasks.Select(task => InputOf(OfBase(task, number), spec.Discover.ComparePercent))
        );

    // The last two rows are floors: the same model, other prompt pairs.
    private static (Which Before, Which After)[] Comparisons(StudyTask task, int number, int[] checkpoints)
    {
        Which start = new(new StudyModel(task, number, 0), PairSets.First);
        StudyModel end = new(task, number, checkpoints[^1]);
        return
        [
            .. checkpoints.Select(step => (start, new Which(new StudyModel(task, number, step), PairSets.First))),
            (start, start with { Pairs = PairSets.Second }),
            (new Which(end, PairSets.First), new Which(end, PairSets.Second)),
        ];
    }

    // The base model's circuits of the target, of products, and of expressions that compose both.
    private static Which[] Composed(int number) =>
        [
            .. ((string[])[PairSets.First, PairSets.MulDiv, PairSets.TwoStep]).Select(pairs => new Which(
                new StudyModel(StudyTask.Only, number, 0),
                pairs
            )),
        ];

    private static ItemInput InputOf(Which which, double percent) =>
        SelectCircuitsFiles.CircuitOf(which.Model, which.Pairs, percent);

    private static void Compare(Slice slice, WorkItemContext context)
    {
        ModelDiff[] diffs =
        [
            .. Comparisons(new StudyTask(slice.Task), slice.Base, slice.FineTune.Checkpoints)
                .Select(row => new ModelDiff(
                    row.Before.Model.Step,
                    row.After.Model.Step,
                    row.Before.Pairs,
                    row.After.Pairs,
                    CircuitDiff.Between(Read(row.Before), Read(row.After)).Summary
                )),
        ];
        File.WriteAllBytes(context.OutputFile(DiffCircuitsFiles.DiffsName), StageJson.Write(diffs));
        if (slice.Composes)
        {
            Circuit[] composed = [.. Composed(slice.Base).Select(Read)];
            File.WriteAllBytes(
                context.OutputFile(DiffCircuitsFiles.CompositionName),
                StageJson.Write(
                    UnionOfParts.Measure(
                        [("add/sub", composed[0]), ("mul/div", composed[1])],
                        ("two-step", composed[2])
                    )
                )
            );
        }

        Circuit Read(Which which) => CircuitFile.Read(context.Inputs[InputOf(which, slice.Discover.ComparePercent)]);
    }

    private static void Compose(ComposedSlice slice, WorkItemContext context)
    {
        Circuit[] circuits = [.. slice.Tasks.Select(Read)];
        File.WriteAllBytes(
            context.OutputFile(DiffCircuitsFiles.CompositionName),
            StageJson.Write(
                UnionOfParts.Measure(
                    [(slice.Tasks[0], circuits[0]), (slice.Tasks[1], circuits[1])],
                    (slice.Tasks[2], circuits[2])
                )
            )
        );

        Circuit Read(string task) =>
            CircuitFile.Read(context.Inputs[InputOf(OfBase(task, slice.Base), slice.Discover.ComparePercent)]);
    }

    private static Which OfBase(string task, int number) =>
        new(new StudyModel(new StudyTask(task), number, 0), PairSets.First);

    private sealed record Which(StudyModel Model, string Pairs);

    private sealed record Slice(string? Task, int Base, Steps FineTune, Size Discover, bool Composes);

    private sealed record ComposedSlice(string[] Tasks, int Base, Size Discover);

    private sealed record Steps(int[] Checkpoints);

    private sealed record Size(double ComparePercent);
}
