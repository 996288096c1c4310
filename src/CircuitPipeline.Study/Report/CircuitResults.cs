using System.Collections.Immutable;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
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
                .Of(spec, files.Task, 0)
                .Select(model =>
                {
                    CircuitQuality measure = files
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

    internal static ImmutableArray<CircuitChange> Changes(ExperimentSpec spec, ReportFiles files, int number = 0)
    {
        ModelDiff[] diffs = files.Diffs(number);
        SetSizes sizes = SetSizes.Of(spec, files.Task, files.Imports);
        return
        [
            .. diffs
                .Where(diff => !diff.IsFloor)
                .Select(diff => new CircuitChange(
                    StudyModel.LabelOf(diff.BeforeStep),
                    StudyModel.LabelOf(diff.AfterStep),
                    spec.Discover.ComparePercent,
                    diff.Change.Nodes,
                    diff.Change.Edges,
                    Floors(sizes, diffs, diff)
                )),
        ];
    }

    internal static ImmutableArray<LayerRuleSums> LayerRules(ReportFiles files) => [.. files.Rules(0)];

    internal static ImmutableArray<CircuitQuality> Qualities(ExperimentSpec spec, ReportFiles files) =>
        [.. StudyModel.Of(spec, files.Task, 0).Concat(Retrained(spec, files)).SelectMany(files.Evaluation)];

    /// <summary>How the circuits that other methods than LoRA lead to differ from the base model's and from LoRA's.</summary>
    internal static ImmutableArray<CircuitChange> MethodChanges(ExperimentSpec spec, ReportFiles files)
    {
        SetSizes sizes = SetSizes.Of(spec, files.Task, files.Imports);
        return
        [
            .. from model in Retrained(spec, files)
            let diffs = files.RetrainedDiffs(model)
            let own = diffs.Single(diff => diff.IsFloor).Change
            from diff in diffs
            where !diff.IsFloor
            select new CircuitChange(
                diff.Before,
                diff.After,
                spec.Discover.ComparePercent,
                diff.Change.Nodes,
                diff.Change.Edges,
                [new(diff.After, Math.Min(sizes.Circuit, sizes.CircuitAgain), own.Nodes, own.Edges)]
            ),
        ];
    }

    // The tasks are called after those that are drawn; what is read from a file, by its key.
    internal static ImmutableArray<CompositionMeasure> Composition(ExperimentSpec spec, ReportFiles files)
    {
        return
        [
            .. (ReportInputs.Composes(spec) ? files.Composition(0) : []).Select(measure =>
                measure with
                {
                    Circuit = Named(measure.Circuit),
                    ComparedWith = Named(measure.ComparedWith),
                }
            ),
        ];

        string Named(string text) =>
            text.Replace("add/sub", spec.Pairs?.Circuit is null ? "add/sub" : "'circuit'")
                .Replace("mul/div", spec.Pairs?.MulDiv is null ? "mul/div" : "'mul_div'")
                .Replace("two-step", spec.Pairs?.TwoStep is null ? "two-step" : "'two_step'");
    }

    internal static ImmutableArray<CircuitView> Circuits(ExperimentSpec spec, ReportFiles files) =>
        [
            .. ReportInputs
                .Ends(spec, files.Task, 0)
                .Concat(Retrained(spec, files))
                .Select(model => CircuitView.Of(model.Label, files.Circuit(model))),
        ];

    private static IEnumerable<StudyModel> Retrained(ExperimentSpec spec, ReportFiles files) =>
        StudyModel.Retrained(spec).Where(model => model.Task == files.Task && model.Base == 0);

    // Of the two models compared; not every checkpoint has a floor of its own.
    private static ImmutableArray<ResamplingFloor> Floors(SetSizes sizes, ModelDiff[] diffs, ModelDiff change) =>
        [
            .. diffs
                .Where(diff => diff.IsFloor)
                .Where(diff => diff.AfterStep == change.BeforeStep || diff.AfterStep == change.AfterStep)
                .Select(diff => new ResamplingFloor(
                    StudyModel.LabelOf(diff.AfterStep),
                    Math.Min(sizes.Circuit, sizes.CircuitAgain),
                    diff.Change.Nodes,
                    diff.Change.Edges
                )),
        ];
}
