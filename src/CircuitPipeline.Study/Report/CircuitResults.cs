using System.Collections.Immutable;
using CircuitPipeline.Reporting;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>The circuits of the first base model and of its checkpoints: how good they are, and how they changed.</summary>
internal static class CircuitResults
{
    internal static ImmutableArray<CheckpointMeasure> Checkpoints(ExperimentSpec spec, ReportFiles files)
    {
        var accuracy = files.Metrics(0).Evaluations.ToDictionary(row => row.Step, row => row.Match.Accuracy);
        return
        [
            .. StudyModel
                .Of(spec, 0)
                .Select(model =>
                {
                    CircuitMeasure measure = files
                        .Evaluation(model)
                        .Single(row => row.Percent == spec.Discover.ComparePercent);
                    return new CheckpointMeasure(
                        FineTuneMethods.Lora,
                        model.Step,
                        null,
                        accuracy.TryGetValue(model.Step, out double share) ? share : null,
                        measure.Faithfulness,
                        measure.EdgesAfterPruning
                    );
                }),
        ];
    }

    internal static ImmutableArray<CircuitChange> Changes(ExperimentSpec spec, ReportFiles files)
    {
        ChangeRow[] rows = files.Changes(0);
        return
        [
            .. rows.Where(row => row.BeforeStep != row.AfterStep)
                .Select(row => new CircuitChange(
                    NameOf(row.BeforeStep),
                    NameOf(row.AfterStep),
                    spec.Discover.ComparePercent,
                    Nodes(row),
                    Edges(row),
                    Floors(spec, rows, row)
                )),
        ];
    }

    // Of the two models compared; not every checkpoint has a floor of its own.
    private static ImmutableArray<ResamplingFloor> Floors(ExperimentSpec spec, ChangeRow[] rows, ChangeRow change) =>
        [
            .. rows.Where(row => row.BeforeStep == row.AfterStep)
                .Where(row => row.AfterStep == change.BeforeStep || row.AfterStep == change.AfterStep)
                .Select(row => new ResamplingFloor(NameOf(row.AfterStep), spec.Splits.Circuit, Nodes(row), Edges(row))),
        ];

    internal static ImmutableArray<LayerRuleSums> LayerRules(ReportFiles files) =>
        [
            .. files
                .Rules(0)
                .Select(row => new LayerRuleSums(row.Rule, row.Why, [.. row.Layers], [.. row.CriticalLayers])),
        ];

    internal static ImmutableArray<CircuitQuality> Qualities(ExperimentSpec spec, ReportFiles files) =>
        [
            .. StudyModel
                .Of(spec, 0)
                .SelectMany(model =>
                    files
                        .Evaluation(model)
                        .Select(row => new CircuitQuality(
                            NameOf(model.Step),
                            row.Percent,
                            row.Edges,
                            row.EdgesAfterPruning,
                            row.Faithfulness,
                            row.PaperFaithfulness,
                            row.CircuitAccuracy,
                            row.ModelAccuracy,
                            row.Examples
                        ))
                ),
        ];

    internal static ImmutableArray<CompositionMeasure> Composition(ReportFiles files) =>
        [
            .. files
                .Composition(0)
                .Select(row => new CompositionMeasure(
                    row.Circuit,
                    "two-step",
                    new ChangeCounts(row.NodesAdded, row.NodesRemoved, row.NodesShared),
                    new ChangeCounts(row.EdgesAdded, row.EdgesRemoved, row.EdgesShared),
                    row.Note
                )),
        ];

    internal static ImmutableArray<CircuitView> Circuits(ExperimentSpec spec, ReportFiles files) =>
        [.. ReportInputs.Ends(spec, 0).Select(model => CircuitView.Of(NameOf(model.Step), files.Circuit(model)))];

    private static string NameOf(int step) => step == 0 ? "base" : $"step {step}";

    private static ChangeCounts Nodes(ChangeRow row) => new(row.NodesAdded, row.NodesRemoved, row.NodesShared);

    private static ChangeCounts Edges(ChangeRow row) => new(row.EdgesAdded, row.EdgesRemoved, row.EdgesShared);
}
