using System.Collections.Immutable;
using CircuitPipeline.Planning;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>The circuits of the first base model and of its checkpoints: how good they are, and how they changed.</summary>
internal static class CircuitResults
{
    internal static ImmutableArray<CheckpointMeasure> Checkpoints(ExperimentSpec spec, ReportFiles files)
    {
        Dictionary<int, double> accuracy = files
            .Metrics(0)
            .Evaluations.ToDictionary(row => row.Step, row => row.Match.Accuracy);
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
        ModelDiff[] diffs = files.Diffs(0);
        return
        [
            .. diffs
                .Where(diff => !diff.IsFloor)
                .Select(diff => new CircuitChange(
                    NameOf(diff.BeforeStep),
                    NameOf(diff.AfterStep),
                    spec.Discover.ComparePercent,
                    diff.Change.Nodes,
                    diff.Change.Edges,
                    Floors(spec, diffs, diff)
                )),
        ];
    }

    internal static ImmutableArray<LayerRuleSums> LayerRules(ReportFiles files) => [.. files.Rules(0)];

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
                .Select(row => new CompositionMeasure(row.Circuit, "two-step", row.Nodes, row.Edges, row.Note)),
        ];

    internal static ImmutableArray<CircuitView> Circuits(ExperimentSpec spec, ReportFiles files) =>
        [.. ReportInputs.Ends(spec, 0).Select(model => CircuitView.Of(NameOf(model.Step), files.Circuit(model)))];

    // Of the two models compared; not every checkpoint has a floor of its own.
    private static ImmutableArray<ResamplingFloor> Floors(ExperimentSpec spec, ModelDiff[] diffs, ModelDiff change) =>
        [
            .. diffs
                .Where(diff => diff.IsFloor)
                .Where(diff => diff.AfterStep == change.BeforeStep || diff.AfterStep == change.AfterStep)
                .Select(diff => new ResamplingFloor(
                    NameOf(diff.AfterStep),
                    spec.Splits.Circuit,
                    diff.Change.Nodes,
                    diff.Change.Edges
                )),
        ];

    private static string NameOf(int step) => step == 0 ? "base" : $"step {step}";
}
