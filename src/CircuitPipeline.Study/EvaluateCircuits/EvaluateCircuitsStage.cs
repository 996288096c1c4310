using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.EvaluateCircuits;

/// <summary>Runs every circuit alone on prompt pairs that it was not found with: does it do what its model does?</summary>
internal sealed class EvaluateCircuitsStage(ExperimentSpec spec) : IStage
{
    /// <inheritdoc/>
    public string Name => EvaluateCircuitsFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        StudyModel
            .All(spec)
            .Select(model =>
                WorkItem.Of(
                    model.Name,
                    new Slice(
                        model.Task.Name,
                        model.Base,
                        model.Step,
                        new Sizes(spec.Discover.Metric, spec.Discover.Batch, spec.Discover.EdgesPercent),
                        new Open(TrapsSpec.OpenOf(spec).CircuitPairs)
                    ),
                    Evaluate,
                    [
                        .. model.Inputs(spec),
                        StudyPairs.Input(model.Task, TrapsSpec.OpenOf(spec).CircuitPairs ?? PairSets.Second),
                        .. spec.Discover.EdgesPercent.Select(percent =>
                            SelectCircuitsFiles.CircuitOf(model, PairSets.First, percent)
                        ),
                    ],
                    usesEngine: true
                )
            );

    private static void Evaluate(Slice slice, WorkItemContext context)
    {
        StudyModel which = new(new StudyTask(slice.Task), slice.Base, slice.Step);
        using Transformer model = which.Load(context);
        CircuitQuality[] qualities = StudyCircuits.Evaluate(
            model,
            which,
            [.. slice.Discover.EdgesPercent.Select(percent => (percent, Read(percent)))],
            slice.Traps.CircuitPairs ?? PairSets.Second,
            slice.Discover.Metric,
            slice.Discover.Batch,
            context
        );
        File.WriteAllBytes(context.OutputFile(EvaluateCircuitsFiles.EvaluationName), StageJson.Write(qualities));

        Circuit Read(double percent) =>
            CircuitFile.Read(context.Inputs[SelectCircuitsFiles.CircuitOf(which, PairSets.First, percent)]);
    }

    private sealed record Slice(string? Task, int Base, int Step, Sizes Discover, Open Traps);

    private sealed record Open(string? CircuitPairs);

    private sealed record Sizes(string Metric, int Batch, double[] EdgesPercent);
}
