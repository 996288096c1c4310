using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.Runs;

/// <summary>Selects and measures the circuits of a study, in every stage alike.</summary>
internal static class StudyCircuits
{
    /// <summary>The circuit with a share of the edges, pruned.</summary>
    internal static Circuit Select(EdgeScores scores, double percent) =>
        new TopN(TopN.EdgesOf(scores.Graph, percent)).Select(scores).Prune();

    /// <summary>Runs circuits alone on prompt pairs that they were not found with; of the compared size also its complement and its floor.</summary>
    /// <param name="model">Their model.</param>
    /// <param name="which">Which one it is.</param>
    /// <param name="circuits">Each with its size in percent.</param>
    /// <param name="again">The circuit of the compared size from the second pairs; null where there is none.</param>
    /// <param name="measure">How.</param>
    /// <param name="context">Of an item with the pairs among its inputs.</param>
    internal static CircuitQuality[] Evaluate(
        Transformer model,
        StudyModel which,
        (double Percent, Circuit Circuit)[] circuits,
        Circuit? again,
        CircuitMeasure measure,
        WorkItemContext context
    )
    {
        Circuit compared = circuits.Single(row => row.Percent == measure.ComparePercent).Circuit;
        ImmutableArray<CircuitEvaluation> evaluations = measure.Run(
            model,
            which,
            [.. circuits.Select(row => row.Circuit), compared.Complement()],
            measure.Pairs,
            context
        );
        CircuitEvaluation complement = evaluations[^1];
        return
        [
            .. circuits.Zip(
                evaluations,
                (row, evaluation) =>
                    Quality(which.Label, row, evaluation) is var quality && row.Percent == measure.ComparePercent
                        ? quality with
                        {
                            ComplementFaithfulness = Finite(complement).Value,
                            ComplementAccuracy = complement.CircuitAccuracy,
                            Floor = again is null ? null : Floor(model, which, again, measure, context),
                        }
                        : quality
            ),
        ];
    }

    private static QualityFloor Floor(
        Transformer model,
        StudyModel which,
        Circuit again,
        CircuitMeasure measure,
        WorkItemContext context
    )
    {
        ImmutableArray<CircuitEvaluation> both = measure.Run(
            model,
            which,
            [again, again.Complement()],
            measure.PairsOfFloor,
            context
        );
        return new QualityFloor(
            Finite(both[0]).Value,
            Finite(both[1]).Value,
            both[0].CircuitAccuracy!.Value,
            both[0].Total
        );
    }

    private static Faithfulness Finite(CircuitEvaluation evaluation) =>
        double.IsFinite(evaluation.Faithfulness.Value)
            ? evaluation.Faithfulness
            : throw new StageFailedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the metric is {evaluation.Faithfulness.Clean} on average for clean and corrupted prompts alike, so faithfulness has no meaning; choose other prompts or another metric"
                )
            );

    private static CircuitQuality Quality(
        string model,
        (double Percent, Circuit Circuit) row,
        CircuitEvaluation evaluation
    ) =>
        new(
            model,
            row.Percent,
            row.Circuit.BeforePruning?.Edges ?? row.Circuit.EdgeCount,
            row.Circuit.EdgeCount,
            Finite(evaluation).Value,
            double.IsFinite(evaluation.Faithfulness.PaperPercent) ? evaluation.Faithfulness.PaperPercent : null,
            evaluation.CircuitAccuracy!.Value,
            evaluation.CleanAccuracy!.Value,
            evaluation.Total
        );
}

/// <summary>How circuits are measured; the names are the experiment's.</summary>
internal sealed record CircuitMeasure(
    string Metric,
    int Batch,
    double ComparePercent,
    string? CircuitPairs,
    string? Bos
)
{
    /// <summary>The pairs that circuits are measured with: those that the first ones were not found with.</summary>
    internal string Pairs => CircuitPairs ?? PairSets.Second;

    /// <summary>The pairs that the circuits from <see cref="PairSets.Second"/> are measured with.</summary>
    internal string PairsOfFloor => CircuitPairs ?? PairSets.First;

    /// <summary>Runs circuits on a set of pairs.</summary>
    internal ImmutableArray<CircuitEvaluation> Run(
        Transformer model,
        StudyModel which,
        Circuit[] circuits,
        string pairs,
        WorkItemContext context
    ) =>
        new CircuitEvaluator(Batch, context.Time).EvaluateAll(
            model,
            circuits,
            StudyPairs.ReadForCircuits(context, which, pairs, Bos, model),
            Metrics.Named(Metric),
            cancellation: context.Cancellation
        );
}
