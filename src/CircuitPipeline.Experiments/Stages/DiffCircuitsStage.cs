using System.Reflection;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Experiments;

/// <summary>Compares the base model's circuit with each checkpoint's, beside what other prompt pairs alone would change.</summary>
internal sealed class DiffCircuitsStage : IStage
{
    internal const string StageName = "DiffCircuits";
    internal const string ChangesName = "changes.json";

    /// <inheritdoc/>
    public string Name => StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public StageCode Code { get; } =
        new(
            Assembly.GetExecutingAssembly(),
            ["Stages/DiffCircuitsStage.cs", "Stages/ChangeRow.cs"],
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
                        .Distinct()
                        .Select(which => InputOf(which, spec.Discover.ComparePercent))
                )
            );

    internal static string ItemOf(int number) => $"changes-{number}";

    // The last two rows are floors: the same model, other prompt pairs.
    private static (Which Before, Which After)[] Comparisons(int number, int[] checkpoints)
    {
        Which start = new(new StudyModel(number, 0), 1);
        StudyModel end = new(number, checkpoints[^1]);
        return
        [
            .. checkpoints.Select(step => (start, new Which(new StudyModel(number, step), 1))),
            (start, start with { Split = 2 }),
            (new Which(end, 1), new Which(end, 2)),
        ];
    }

    private static ItemInput InputOf(Which which, double percent) =>
        new(
            DiscoverCircuitsStage.StageName,
            DiscoverCircuitsStage.ItemOf(which.Model, which.Split),
            DiscoverCircuitsStage.CircuitFileOf(percent)
        );

    private static void Compare(Slice slice, WorkItemContext context)
    {
        ChangeRow[] rows =
        [
            .. Comparisons(slice.Base, slice.FineTune.Checkpoints)
                .Select(row => ChangeRow.Of(row.Before.Model, row.After.Model, Between(row.Before, row.After))),
        ];
        File.WriteAllBytes(context.OutputFile(ChangesName), StageJson.Write(rows));

        CircuitDiff Between(Which before, Which after) => CircuitDiff.Between(Read(before), Read(after));

        Circuit Read(Which which) => CircuitFile.Read(context.Inputs[InputOf(which, slice.Discover.ComparePercent)]);
    }

    private sealed record Which(StudyModel Model, int Split);

    private sealed record Slice(int Base, Steps FineTune, Size Discover);

    private sealed record Steps(int[] Checkpoints);

    private sealed record Size(double ComparePercent);
}
