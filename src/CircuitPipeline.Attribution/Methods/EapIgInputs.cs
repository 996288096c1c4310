using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>Scores edges by integrated gradients along the straight path from corrupted to clean embeddings.</summary>
/// <remarks>
/// Hanna, Pezzelle, Belinkov 2024 (arXiv:2403.17806), EAP-IG (inputs):
/// <code>
/// for each batch:
///   1. difference of each source's output, corrupted - clean
///   2. run the model at corrupted + point (clean - corrupted), for all points at once
///   3. gradient of the loss at each destination's input, averaged over the points
///   4. score(u -> v) += sum over positions and d_model of difference(u) · gradient(v)
/// divide by the number of examples
/// </code>
/// A source's output is the token embedding, a head's result without the output bias, or an MLP's output with its bias; a
/// destination's input is the residual before its norm. Differs from the authors' code, which divides by the batch size
/// once more: here the scores do not depend on it.
/// </remarks>
/// <param name="steps">Points on the path, at least 1.</param>
/// <param name="quadrature">Where the points lie.</param>
/// <param name="batch">Examples at a time, at least 1; memory holds steps x batch of them.</param>
/// <param name="time">For the estimated rest.</param>
/// <param name="intervention">What replaces a source's output; the path is defined for patching only.</param>
/// <param name="aggregation">How the examples' scores become one.</param>
public sealed class EapIgInputs(
    int steps,
    Quadrature quadrature,
    int batch,
    TimeProvider time,
    Intervention intervention = Intervention.Patching,
    Aggregation aggregation = Aggregation.PerExample
) : IEdgeAttribution
{
    /// <summary>The method's name in specs and artifacts.</summary>
    public const string Name = "eap-ig-inputs";

    private readonly double[] _points = quadrature.Points(Ensure.AtLeastOne(steps));
    private readonly ScoreRun _run = new(
        Name,
        batch,
        time,
        GradientRules.MustBePatching(Name, intervention),
        aggregation,
        steps,
        quadrature
    );

    /// <inheritdoc/>
    public EdgeScores Attribute(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        GradientRules.MustHaveSlope(Name, metric, onlyClean: Array.TrueForAll(_points, point => point == 1));
        return _run.Of(model, pairs, metric, rows => InputPath.Add(rows, model, metric, _points), report, cancellation);
    }
}
