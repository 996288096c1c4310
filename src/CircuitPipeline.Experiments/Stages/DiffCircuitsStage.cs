using System.Reflection;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Experiments;

/// <summary>Compares the base model's circuit with each checkpoint's, beside what other prompt pairs alone would change.</summary>
internal sealed class DiffCircuitsStage : IStage
{
    internal const string StageName = "DiffCircuits";
    internal const string ChangesName = "changes.json";
    internal const string CompositionName = "composition.json";

    /// <inheritdoc/>
    public string Name => StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public StageCode Code { get; } =
        new(
            Assembly.GetExecutingAssembly(),
            ["Stages/DiffCircuitsStage.cs", "Stages/ChangeRow.cs", "Stages/CompositionRow.cs", "Stages/StudyPairs.cs"],
            [typeof(CircuitDiff).Assembly]
        );

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan(ExperimentSpec spec) =>
        Enumerable
            .Range(0, spec.Seeds.Bases)
            .Select(number =>
                WorkItem.Of(
                    ItemOf(number),
                    new Slice(number, new Steps(spec.FineTune.Checkpoints), new Size(spec.Discover.ComparePercent)),
                    Compare,
                    Comparisons(number, spec.FineTune.Checkpoints)
                        .SelectMany(row => (Which[])[row.Before, row.After])
                        .Concat(Composed(number))
                        .Distinct()
                        .Select(which => InputOf(which, spec.Discover.ComparePercent))
                )
            );

    internal static string ItemOf(int number) => $"changes-{number}";

    // The last two rows are floors: the same model, other prompt pairs.
    private static (Which Before, Which After)[] Comparisons(int number, int[] checkpoints)
    {
        Which start = new(new StudyModel(number, 0), StudyPairs.First);
        StudyModel end = new(number, checkpoints[^1]);
        return
        [
            .. checkpoints.Select(step => (start, new Which(new StudyModel(number, step), StudyPairs.First))),
            (start, start with { Pairs = StudyPairs.Second }),
            (new Which(end, StudyPairs.First), new Which(end, StudyPairs.Second)),
        ];
    }

    // The base model's circuits of the target, of products, and of expressions that compose both.
    private static Which[] Composed(int number) =>
        [
            .. ((string[])[StudyPairs.First, StudyPairs.MulDiv, StudyPairs.TwoStep]).Select(pairs => new Which(
                new StudyModel(number, 0),
                pairs
            )),
        ];

    private static ItemInput InputOf(Which which, double percent) =>
        DiscoverCircuitsStage.CircuitOf(which.Model, which.Pairs, percent);

    private static void Compare(Slice slice, WorkItemContext context)
    {
        ChangeRow[] rows =
        [
            .. Comparisons(slice.Base, slice.FineTune.Checkpoints)
                .Select(row => ChangeRow.Of(row.Before.Model, row.After.Model, Between(row.Before, row.After))),
        ];
        File.WriteAllBytes(context.OutputFile(ChangesName), StageJson.Write(rows));
        Circuit[] composed = [.. Composed(slice.Base).Select(Read)];
        File.WriteAllBytes(
            context.OutputFile(CompositionName),
            StageJson.Write(CompositionRow.Of(composed[0], composed[1], composed[2]))
        );

        CircuitDiff Between(Which before, Which after) => CircuitDiff.Between(Read(before), Read(after));

        Circuit Read(Which which) => CircuitFile.Read(context.Inputs[InputOf(which, slice.Discover.ComparePercent)]);
    }

    private sealed record Which(StudyModel Model, string Pairs);

    private sealed record Slice(int Base, Steps FineTune, Size Discover);

    private sealed record Steps(int[] Checkpoints);

    private sealed record Size(double ComparePercent);
}
