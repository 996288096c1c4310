using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>Sums a method's scores over all batches, and lets them say how they were made.</summary>
/// <param name="method">The method's name.</param>
/// <param name="batch">Examples at a time.</param>
/// <param name="time">For the estimated rest.</param>
/// <param name="intervention">What replaces a source's output; null for methods that replace none.</param>
/// <param name="aggregation">How the examples' scores become one.</param>
/// <param name="steps">Points of the integration, for methods that integrate.</param>
/// <param name="quadrature">Where they lie, for methods that can choose.</param>
internal sealed class ScoreRun(
    string method,
    int batch,
    TimeProvider time,
    Intervention? intervention,
    Aggregation aggregation = Aggregation.PerExample,
    int? steps = null,
    Quadrature? quadrature = null
)
{
    private readonly BatchLoop _loop = new(batch, time);

    /// <summary>The mean scores over the examples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">The behaviour; null for methods that measure none.</param>
    /// <param name="add">Adds a batch's scores to its sums.</param>
    /// <param name="report">Is called after every batch.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    internal EdgeScores Of(
        Transformer model,
        EncodedPairs pairs,
        Metric? metric,
        Action<ScoreBatch> add,
        Action<AttributionProgress>? report,
        CancellationToken cancellation
    )
    {
        metric?.MustBeDefinedFor(pairs);
        using DisposeScope scope = NewDisposeScope();
        EdgeSums sums = new(new ComputationGraph(model.Config));
        AblationActivations ablation = intervention is { } known
            ? AblationActivations.Of(known, model, pairs, _loop, cancellation)
            : AblationActivations.ByCorrupted;
        _loop.Run(
            model,
            pairs,
            metric,
            aggregation,
            cutsSharedStart: intervention == Intervention.Patching,
            (rows, location) =>
            {
                sums.Weight = WeightOf(rows, metric, model.Config);
                add(new ScoreBatch(sums, ablation, rows, location));
            },
            report,
            cancellation
        );
        return new EdgeScores(sums.Graph, [.. sums.Means(pairs.Count)], Origin(metric, pairs.Count));
    }

    // EAP-IG 2.0 differentiates the mean over the batch; its KL is a mean over the vocabulary too.
    private double WeightOf(PairBatch rows, Metric? metric, TransformerConfig config) =>
        aggregation == Aggregation.PerExample ? 1
        : metric?.Reference is null ? 1.0 / rows.Count
        : 1.0 / (rows.Count * config.DVocab);

    private ScoreOrigin Origin(Metric? metric, int examples) =>
        new()
        {
            Method = method,
            Steps = steps,
            Quadrature = quadrature is { } points ? EnumNames.Of(points) : null,
            Metric = metric?.Name ?? "none",
            Intervention = intervention is { } known ? EnumNames.Of(known) : "none",
            Aggregation = aggregation == Aggregation.PerExample ? "mean" : $"reference({_loop.Size})",
            Examples = examples,
        };
}

/// <summary>A batch of an attribution.</summary>
/// <param name="Sums">Where its scores go.</param>
/// <param name="Ablation">What replaces the sources' outputs.</param>
/// <param name="Pairs">The prompts.</param>
/// <param name="Location">For messages.</param>
internal readonly record struct ScoreBatch(
    EdgeSums Sums,
    AblationActivations Ablation,
    PairBatch Pairs,
    BatchLocation Location
);
