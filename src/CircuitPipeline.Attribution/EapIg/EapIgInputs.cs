using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Scores edges by integrated gradients along the straight path from corrupted to clean embeddings.</summary>
/// <remarks>
/// Hanna, Pezzelle, Belinkov 2024 (arXiv:2403.17806), EAP-IG (inputs):
/// <code>
/// for each batch:
///   1. difference of each source's output, corrupted - clean
///   2. run the model at corrupted + point (clean - corrupted), for all points at once
///   3. gradient of the loss (-metric) at each destination's input, averaged over the points
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
/// <param name="intervention">What replaces a source's output; only patching is built.</param>
public sealed class EapIgInputs(
    int steps,
    Quadrature quadrature,
    int batch,
    TimeProvider time,
    Intervention intervention = Intervention.Patching
) : IEdgeAttribution
{
    /// <summary>The method's name in specs and artifacts.</summary>
    public const string Name = "eap-ig-inputs";

    private readonly double[] _points = quadrature.Points(Checked.AtLeastOne(steps));
    private readonly BatchLoop _loop = new(Checked.AtLeastOne(batch), time);
    private readonly Intervention _intervention = InterventionRules.MustBeBuilt(intervention);

    /// <inheritdoc/>
    public EdgeScores Attribute(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        EdgeSums sums = new(new ComputationGraph(model.Config));
        _loop.Run(model, pairs, (rows, place) => Add(sums, model, rows, metric, place), report, cancellation);
        return Scores.Of(sums, pairs, metric, Name, _intervention, steps, quadrature);
    }

    private void Add(EdgeSums sums, Transformer model, PairBatch rows, Metric metric, BatchPlace place)
    {
        InterpolatedRun run = new(model, rows, _points, metric, place);
        using IDisposable frozen = no_grad();
        SourceActivations clean = At(1, run, model, rows.Clean);
        SourceActivations corrupted = At(0, run, model, rows.Corrupted);
        Tensor differences = corrupted.Minus(clean).Outputs(model).flatten(1, 2); // [source, batch * pos, d_model]
        foreach ((int first, Tensor gradients) in InputGradients.Of(model, run))
            sums.AddProducts(differences, first, gradients);
    }

    // An end of the path that is one of its points has been run already.
    private SourceActivations At(double end, InterpolatedRun run, Transformer model, Tensor tokens) =>
        Array.IndexOf(_points, end) is >= 0 and int step
            ? run.At(step)
            : SourceActivations.Of(model, tokens).Activations;
}
