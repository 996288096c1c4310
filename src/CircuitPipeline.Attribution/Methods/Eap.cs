using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>Scores edges by gradients at the clean run: edge attribution patching.</summary>
/// <remarks>
/// Syed, Rager, Conmy 2023 (arXiv:2310.10348):
/// <code>
/// score(u -> v) = sum over positions and d_model of (replacement - clean output of u) · gradient of the loss at v
/// </code>
/// </remarks>
/// <param name="batch">Examples at a time, at least 1.</param>
/// <param name="time">For the estimated rest.</param>
/// <param name="intervention">What replaces a source's output.</param>
/// <param name="aggregation">How the examples' scores become one.</param>
public sealed class Eap(
    int batch,
    TimeProvider time,
    Intervention intervention = Intervention.Patching,
    Aggregation aggregation = Aggregation.PerExample
) : IEdgeAttribution
{
    /// <summary>The method's name in specs and artifacts.</summary>
    public const string Name = "eap";

    private static readonly double[] Clean = [1];
    private readonly ScoreRun _run = new(Name, batch, time, intervention, aggregation);

    /// <inheritdoc/>
    public EdgeScores Attribute(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        GradientRules.MustHaveSlope(Name, metric, onlyClean: true);
        return _run.Of(model, pairs, metric, rows => InputPath.Add(rows, model, metric, Clean), report, cancellation);
    }
}
