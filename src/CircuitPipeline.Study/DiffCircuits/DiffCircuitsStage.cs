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
    public IEnumerable<WorkItem> Plan() => [.. OfTrained(), .. CompositionItems.Of(spec)];

    private IEnumerable<WorkItem> OfTrained() =>
        from trained in StudyTask.TrainedOnBases(spec)
        let slice = new Slice(
            trained.Task.Name,
            trained.Base,
            new Steps(spec.FineTune.Checkpoints),
            new Sizes(spec.Discover.ComparePercent, spec.ComposesDrawn ? spec.Discover.EdgesPercent : null),
            [.. AttributeEdgesFiles.WithFloor(spec)]
        )
        select WorkItem.Of(
            DiffCircuitsFiles.ItemOf(trained.Task, trained.Base),
            slice,
            Compare,
            Comparisons(slice)
                .SelectMany(row => (Which[])[row.Before, row.After])
                .Select(which => InputOf(which, slice.Discover.ComparePercent))
                .Concat(
                    from percent in slice.Discover.EdgesPercent ?? []
                    from which in Composed(trained.Base)
                    select InputOf(which, percent)
                )
                .Distinct()
        );

    // From the base model to each checkpoint, from each to the next, and the floors: the same model, other prompt pairs.
    private static (Which Before, Which After)[] Comparisons(Slice slice)
    {
        Which[] models = [.. slice.FineTune.Checkpoints.Prepend(0).Select(Model)];
        return
        [
            .. models.Skip(1).Select(after => (models[0], after)),
            .. models.Skip(1).Zip(models.Skip(2)),
            .. slice.Floors.Select(Model).Select(model => (model, model with { Pairs = PairSets.Second })),
        ];

        Which Model(int step) => new(new StudyModel(new StudyTask(slice.Task), slice.Base, step), PairSets.First);
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
            .. Comparisons(slice)
                .Select(row => new ModelDiff(
                    row.Before.Model.Step,
                    row.After.Model.Step,
                    row.Before.Pairs,
                    row.After.Pairs,
                    CircuitDiff
                        .Between(
                            Read(row.Before, slice.Discover.ComparePercent),
                            Read(row.After, slice.Discover.ComparePercent)
                        )
                        .Summary
                )),
        ];
        File.WriteAllBytes(context.OutputFile(DiffCircuitsFiles.DiffsName), StageJson.Write(diffs));
        if (slice.Discover.EdgesPercent is { } sizes)
        {
            Which[] which = Composed(slice.Base);
            new ComposedCircuits(
                ["add/sub", "mul/div", "two-step"],
                slice.Base,
                (place, percent) => Read(which[place], percent)
            ).Write(slice.Discover.ComparePercent, sizes, context);
        }

        Circuit Read(Which which, double percent) => CircuitFile.Read(context.Inputs[InputOf(which, percent)]);
    }

    private sealed record Which(StudyModel Model, string Pairs);

    private sealed record Slice(string? Task, int Base, Steps FineTune, Sizes Discover, int[] Floors);

    private sealed record Steps(int[] Checkpoints);

    private sealed record Sizes(double ComparePercent, double[]? EdgesPercent);
}
