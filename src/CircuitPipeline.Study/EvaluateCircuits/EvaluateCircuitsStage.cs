using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts.PromptPairs;
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
        EncodedPairs pairs = StudyPairs.Read(
            context,
            which.Task,
            slice.Traps.CircuitPairs ?? PairSets.Second,
            StudyVocabulary.Read(context, slice.Base)
        );
        Circuit[] circuits = [.. slice.Discover.EdgesPercent.Select(Read)];
        ImmutableArray<CircuitEvaluation> evaluations = new CircuitEvaluator(
            slice.Discover.Batch,
            context.Time
        ).EvaluateAll(model, circuits, pairs, Metrics.Named(slice.Discover.Metric), cancellation: context.Cancellation);
        CircuitQuality[] qualities =
        [
            .. slice.Discover.EdgesPercent.Select(
                (percent, place) => Quality(which.Label, percent, circuits[place], evaluations[place])
            ),
        ];
        File.WriteAllBytes(context.OutputFile(EvaluateCircuitsFiles.EvaluationName), StageJson.Write(qualities));

        Circuit Read(double percent) =>
            CircuitFile.Read(context.Inputs[SelectCircuitsFiles.CircuitOf(which, PairSets.First, percent)]);
    }

    private static CircuitQuality Quality(string model, double percent, Circuit circuit, CircuitEvaluation evaluation)
    {
        if (!double.IsFinite(evaluation.Faithfulness.Value))
        {
            throw new StageFailedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the metric is {evaluation.Faithfulness.Clean} on average for clean and corrupted prompts alike, so faithfulness has no meaning; choose other prompts or another metric"
                )
            );
        }

        return new CircuitQuality(
            model,
            percent,
            circuit.BeforePruning?.Edges ?? circuit.EdgeCount,
            circuit.EdgeCount,
            evaluation.Faithfulness.Value,
            double.IsFinite(evaluation.Faithfulness.PaperPercent) ? evaluation.Faithfulness.PaperPercent : null,
            evaluation.CircuitAccuracy!.Value,
            evaluation.CleanAccuracy!.Value,
            evaluation.Total
        );
    }

    private sealed record Slice(string? Task, int Base, int Step, Sizes Discover, Open Traps);

    private sealed record Open(string? CircuitPairs);

    private sealed record Sizes(string Metric, int Batch, double[] EdgesPercent);
}
