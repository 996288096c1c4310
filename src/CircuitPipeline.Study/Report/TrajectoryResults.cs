using System.Collections.Immutable;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>The circuits through fine-tuning of every base model, and those that other methods lead to.</summary>
internal static class TrajectoryResults
{
    internal static ImmutableArray<CircuitTrajectory> Of(ExperimentSpec spec, ReportFiles files) =>
        [
            .. Enumerable
                .Range(0, spec.Seeds.Bases)
                .Select(number => Trajectory(ItemNames.Base(number), files, StudyModel.Of(spec, files.Task, number))),
            .. from model in StudyModel.Retrained(spec)
            where model.Task == files.Task
            select Trajectory(
                $"{ItemNames.Base(model.Base)}, {model.Method}",
                files,
                [new StudyModel(files.Task, model.Base, 0), model]
            ),
        ];

    private static CircuitTrajectory Trajectory(string name, ReportFiles files, IEnumerable<StudyModel> models) =>
        new(name, [.. models.Select(model => CircuitView.Of(model.Label, files.Circuit(model)))]);
}
