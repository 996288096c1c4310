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
        from model in StudyModel.All(spec)
        let hasFloor = AttributeEdgesFiles.WithFloor(spec).Contains(model.Step)
        let traps = spec.OpenTraps
        let slice = new Slice(
            model.Task.Name,
            model.Base,
            model.Step,
            new Sizes(
                spec.Discover.Metric,
                spec.Discover.Batch,
                spec.Discover.EdgesPercent,
                spec.Discover.ComparePercent
            ),
            new Open(traps.CircuitPairs, traps.Bos),
            hasFloor
        )
        select WorkItem.Of(
            model.Name,
            slice,
            Evaluate,
            [
                .. model.Inputs(spec),
                StudyPairs.Input(model.Task, slice.Measure.Pairs),
                .. spec.Discover.EdgesPercent.Select(percent => CircuitOf(model, PairSets.First, percent)),
                .. hasFloor ? OfFloor(model, slice) : [],
            ],
            usesEngine: true
        );

    private static IEnumerable<ItemInput> OfFloor(StudyModel model, Slice slice) =>
        [
            CircuitOf(model, PairSets.Second, slice.Discover.ComparePercent),
            .. slice.Measure.PairsOfFloor == slice.Measure.Pairs
                ? (ItemInput[])[]
                : [StudyPairs.Input(model.Task, slice.Measure.PairsOfFloor)],
        ];

    private static void Evaluate(Slice slice, WorkItemContext context)
    {
        StudyModel which = new(new StudyTask(slice.Task), slice.Base, slice.Step);
        using Transformer model = which.Load(context);
        CircuitQuality[] qualities = StudyCircuits.Evaluate(
            model,
            which,
            [.. slice.Discover.EdgesPercent.Select(percent => (percent, Read(PairSets.First, percent)))],
            slice.HasFloor ? Read(PairSets.Second, slice.Discover.ComparePercent) : null,
            slice.Measure,
            context
        );
        File.WriteAllBytes(context.OutputFile(EvaluateCircuitsFiles.EvaluationName), StageJson.Write(qualities));

        Circuit Read(string pairs, double percent) =>
            CircuitFile.Read(context.Inputs[CircuitOf(which, pairs, percent)]);
    }

    private static ItemInput CircuitOf(StudyModel model, string pairs, double percent) =>
        SelectCircuitsFiles.CircuitOf(model, pairs, percent);

    private sealed record Slice(string? Task, int Base, int Step, Sizes Discover, Open Traps, bool HasFloor)
    {
        internal CircuitMeasure Measure =>
            new(Discover.Metric, Discover.Batch, Discover.ComparePercent, Traps.CircuitPairs, Traps.Bos);
    }

    private sealed record Open(string? CircuitPairs, string? Bos);

    private sealed record Sizes(string Metric, int Batch, double[] EdgesPercent, double ComparePercent);
}
