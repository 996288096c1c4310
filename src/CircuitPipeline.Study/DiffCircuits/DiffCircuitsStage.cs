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
    public IEnumerable<WorkItem> Plan() =>
        Enumerable
            .Range(0, spec.Seeds.Bases)
            .Select(number =>
                WorkItem.Of(
                    DiffCircuitsFiles.ItemOf(number),
                    new Slice(
                        number,
                        new Steps(spec.FineTune.Checkpoints),
                        new Size(spec.Discover.ComparePercent),
                        spec.Composes
                    ),
                    Compare,
                    Comparisons(number, spec.FineTune.Checkpoints)
                        .SelectMany(row => (Which[])[row.Before, row.After])
                        .Concat(spec.Composes ? Composed(number) : [])
                        .Distinct()
                        .Select(which => InputOf(which, spec.Discover.ComparePercent))
                )
            );

    // The last two rows are floors: the same model, other prompt pairs.
    private static (Which Before, Which After)[] Comparisons(int number, int[] checkpoints)
    {
        Which start = new(new StudyModel(number, 0), PairSets.First);
        StudyModel end = new(number, checkpoints[^1]);
        return
        [
            .. checkpoints.Select(step => (start, new Which(new StudyModel(number, step), PairSets.First))),
            (start, start with { Pairs = PairSets.Second }),
            (new Which(end, PairSets.First), new Which(end, PairSets.Second)),
        ];
    }

    // The base model's circuits of the target, of products, and of expressions that compose both.
    private static Which[] Composed(int number) =>
        [
            .. ((string[])[PairSets.First, PairSets.MulDiv, PairSets.TwoStep]).Select(pairs => new Which(
                new StudyModel(number, 0),
                pairs
            )),
        ];

    private static ItemInput InputOf(Which which, double percent) =>
        SelectCircuitsFiles.CircuitOf(which.Model, which.Pairs, percent);

    private static void Compare(Slice slice, WorkItemContext context)
    {
        ModelDiff[] diffs =
        [
            .. Comparisons(slice.Base, slice.FineTune.Checkpoints)
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
                StageJson.Write(Compositions(composed[0], composed[1], composed[2]))
            );
        }

        Circuit Read(Which which) => CircuitFile.Read(context.Inputs[InputOf(which, slice.Discover.ComparePercent)]);
    }

    // The union, and each of its parts alone, which it must beat to mean something.
    private static CompositionMeasure[] Compositions(Circuit addSub, Circuit mulDiv, Circuit twoStep)
    {
        return
        [
            Against(
                "union of add/sub and mul/div",
                "the composition",
                UnionCircuit.Of(addSub, mulDiv, twoStep.EdgeCount)
            ),
            Against("add/sub alone", "a part, to compare with", addSub),
            Against("mul/div alone", "a part, to compare with", mulDiv),
        ];

        CompositionMeasure Against(string name, string note, Circuit circuit)
        {
            DiffSummary change = CircuitDiff.Between(circuit, twoStep).Summary;
            return new CompositionMeasure(name, "two-step", change.Nodes, change.Edges, note);
        }
    }

    private sealed record Which(StudyModel Model, string Pairs);

    private sealed record Slice(int Base, Steps FineTune, Size Discover, bool Composes);

    private sealed record Steps(int[] Checkpoints);

    private sealed record Size(double ComparePercent);
}
