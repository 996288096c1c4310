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

    /// <summary>How the circuit of each checkpoint differs from the base model's.</summary>
    internal static ImmutableArray<CircuitChange> Changes(ExperimentSpec spec, ReportFiles files, int number = 0) =>
        Between(spec, files, number, diff => diff.BeforeStep == 0);

    /// <summary>How it differs from the one before, from the second checkpoint on.</summary>
    internal static ImmutableArray<CircuitChange> Transitions(ExperimentSpec spec, ReportFiles files) =>
        Between(spec, files, 0, diff => diff.BeforeStep > 0);

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
            select CircuitChange.Of(
                diff.Before,
                diff.After,
                spec.Discover.ComparePercent,
                diff.Change,
                [ResamplingFloor.Of(diff.After, Math.Min(sizes.Circuit, sizes.CircuitAgain), own)]
            ),
        ];
    }

    /// <summary>How much circuits depend on their pairs, of every base model, each with its control.</summary>
    internal static ImmutableArray<CircuitRobustness> Robustness(ExperimentSpec spec, ReportFiles files) =>
        [
            .. EvaluateRobustnessFiles
                .All(spec)
                .Where(row => row.Model.Task == files.Task)
                .Select(row => files.Robustness(row.Model, row.IsRandom)),
        ];

    internal static ImmutableArray<CircuitView> Circuits(ExperimentSpec spec, ReportFiles files) =>
        [
            .. ReportInputs
                .Ends(spec, files.Task, 0)
                .Concat(Retrained(spec, files))
                .Select(model => CircuitView.Of(model.Label, files.Circuit(model))),
        ];

    private static IEnumerable<StudyModel> Retrained(ExperimentSpec spec, ReportFiles files) =>
        StudyModel.Retrained(spec).Where(model => model.Task == files.Task && model.Base == 0);

    private static ImmutableArray<CircuitChange> Between(
        ExperimentSpec spec,
        ReportFiles files,
        int number,
        Func<ModelDiff, bool> isAsked
    )
    {
        ModelDiff[] diffs = files.Diffs(number);
        SetSizes sizes = SetSizes.Of(spec, files.Task, files.Imports);
        return
        [
            .. diffs
                .Where(diff => !diff.IsFloor && isAsked(diff))
                .Select(diff =>
                    CircuitChange.Of(
                        StudyModel.LabelOf(diff.BeforeStep),
                        StudyModel.LabelOf(diff.AfterStep),
                        spec.Discover.ComparePercent,
                        diff.Change,
                        Floors(sizes, diffs, diff)
                    )
                ),
        ];
    }

    // Of the two models compared; where the experiment says so, not every checkpoint has a floor of its own.
    private static ImmutableArray<ResamplingFloor> Floors(SetSizes sizes, ModelDiff[] diffs, ModelDiff change) =>
        [
            .. diffs
                .Where(diff => diff.IsFloor)
                .Where(diff => diff.AfterStep == change.BeforeStep || diff.AfterStep == change.AfterStep)
                .Select(diff =>
                    ResamplingFloor.Of(
                        StudyModel.LabelOf(diff.AfterStep),
                        Math.Min(sizes.Circuit, sizes.CircuitAgain),
                        diff.Change
                    )
                ),
        ];
}
