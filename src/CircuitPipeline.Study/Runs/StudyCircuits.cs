using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Study.Runs;

/// <summary>Selects and measures the circuits of a study, in every stage alike.</summary>
internal static class StudyCircuits
{
    /// <summary>The circuit with a share of the edges, pruned.</summary>
    internal static Circuit Select(EdgeScores scores, double percent) =>
        new TopN(TopN.EdgesOf(scores.Graph, percent)).Select(scores).Prune();

    /// <summary>Runs circuits alone on prompt pairs that they were not found with.</summary>
    /// <param name="model">Their model.</param>
    /// <param name="which">Which one it is.</param>
    /// <param name="circuits">Each with its size in percent.</param>
    /// <param name="pairs">The file of the pairs.</param>
    /// <param name="metric">The metric's name.</param>
    /// <param name="batch">Pairs computed at once.</param>
    /// <param name="context">Of an item with the pairs among its inputs.</param>
    internal static CircuitQuality[] Evaluate(
        Transformer model,
        StudyModel which,
        (double Percent, Circuit Circuit)[] circuits,
        string pairs,
        string metric,
        int batch,
        WorkItemContext context
    )
    {
        EncodedPairs encoded = StudyPairs.Read(context, which.Task, pairs, StudyVocabulary.Read(context, which.Base));
        ImmutableArray<CircuitEvaluation> evaluations = new CircuitEvaluator(batch, context.Time).EvaluateAll(
            model,
            [.. circuits.Select(row => row.Circuit)],
            encoded,
            Metrics.Named(metric),
            cancellation: context.Cancellation
        );
        return [.. circuits.Zip(evaluations, (row, evaluation) => Quality(which.Label, row, evaluation))];
    }

    private static CircuitQuality Quality(
        string model,
        (double Percent, Circuit Circuit) row,
        CircuitEvaluation evaluation
    )
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
            row.Percent,
            row.Circuit.BeforePruning?.Edges ?? row.Circuit.EdgeCount,
            row.Circuit.EdgeCount,
            evaluation.Faithfulness.Value,
            double.IsFinite(evaluation.Faithfulness.PaperPercent) ? evaluation.Faithfulness.PaperPercent : null,
            evaluation.CircuitAccuracy!.Value,
            evaluation.CleanAccuracy!.Value,
            evaluation.Total
        );
    }
}
