using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.DiffCircuits;

/// <summary>The work items of a composition whose parts are tasks of the study, one for each base model.</summary>
internal static class CompositionItems
{
    /// <summary>The items; none where the study has no such tasks.</summary>
    internal static IEnumerable<WorkItem> Of(ExperimentSpec spec) =>
        from tasks in spec.ComposedTasks is { } names ? (string[][])[names] : []
        from number in Enumerable.Range(0, spec.Seeds.Bases)
        let trained = tasks.Where(task => spec.TaskNamed(task) is { OfBaseOnly: false }).ToArray()
        let slice = new Slice(
            tasks,
            number,
            new Sizes(spec.Discover.ComparePercent, spec.Discover.EdgesPercent),
            trained,
            trained.Length == 0 ? null : new Tuning(spec.FineTune.Steps)
        )
        select WorkItem.Of(DiffCircuitsFiles.CompositionOf(number), slice, Compose, Inputs(slice));

    private static IEnumerable<ItemInput> Inputs(Slice slice)
    {
        (double compared, double[] sizes) = slice.Discover;
        IEnumerable<ItemInput> first =
            from percent in sizes
            from task in slice.Tasks
            from step in slice.AreTuned(3) ? (int[])[0, slice.Last] : [0]
            select CircuitOf(slice, task, step, PairSets.First, percent);
        IEnumerable<ItemInput> ofUnion =
            from task in slice.AreTuned(2) ? slice.Tasks[..2] : []
            from which in ((int Step, string Pairs)[])
                [(0, PairSets.First), (slice.Last, PairSets.First), (0, PairSets.Second)]
            select CircuitOf(slice, task, which.Step, which.Pairs, compared);
        return first.Concat(ofUnion).Distinct();
    }

    private static void Compose(Slice slice, WorkItemContext context)
    {
        (double compared, double[] sizes) = slice.Discover;
        new ComposedCircuits(
            slice.Tasks,
            slice.Base,
            (place, percent) => Read(place, 0, PairSets.First, percent),
            slice.AreTuned(3) ? (place, percent) => Read(place, slice.Last, PairSets.First, percent) : null
        ).Write(compared, sizes, context);
        if (slice.AreTuned(2))
        {
            Circuit before = Union(0, PairSets.First);
            UnionChange change = new(
                CircuitDiff.Between(before, Union(slice.Last, PairSets.First)).Summary,
                CircuitDiff.Between(before, Union(0, PairSets.Second)).Summary
            );
            File.WriteAllBytes(context.OutputFile(DiffCircuitsFiles.UnionName), StageJson.Write(change));
        }

        Circuit Union(int step, string pairs) =>
            UnionOfParts.Of(Read(0, step, pairs, compared), Read(1, step, pairs, compared), compared);

        Circuit Read(int place, int step, string pairs, double percent) =>
            CircuitFile.Read(context.Inputs[CircuitOf(slice, slice.Tasks[place], step, pairs, percent)]);
    }

    private static ItemInput CircuitOf(Slice slice, string task, int step, string pairs, double percent) =>
        SelectCircuitsFiles.CircuitOf(new StudyModel(new StudyTask(task), slice.Base, step), pairs, percent);

    private sealed record Slice(string[] Tasks, int Base, Sizes Discover, string[] Trained, Tuning? FineTune)
    {
        internal int Last => FineTune?.Steps ?? 0;

        // Whether the first so many tasks are fine-tuned on.
        internal bool AreTuned(int count) => Tasks[..count].All(Trained.Contains);
    }

    private sealed record Tuning(int Steps);

    private sealed record Sizes(double ComparePercent, double[] EdgesPercent);
}
