using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>Scores edges by gradients along paths on which one part of the model after another is replaced.</summary>
/// <remarks>
/// Hanna, Pezzelle, Belinkov 2024 (arXiv:2403.17806), EAP-IG (activations), as in EAP-IG 2.0:
/// <code>
/// for each batch:
///   1. difference of each source's output, replacement - clean
///   2. for the input, and for all heads and the MLP of each layer:
///        run the clean prompts with that part at replacement + k/steps (clean - replacement), k = 1 … steps
///   3. gradient of the loss at each destination's input, averaged over the runs of all parts
///   4. score(u -> v) += sum over positions and d_model of difference(u) · gradient(v)
/// divide by the number of examples
/// </code>
/// Differs from EAP-IG 2.0 twice: on models without learned positions that code loses the input's part of the gradients in
/// layer 0, and it integrates <c>mean</c> from 0 instead of from the mean.
/// </remarks>
/// <param name="steps">Points on each path, at least 1.</param>
/// <param name="batch">Examples at a time, at least 1; memory holds steps x batch of them.</param>
/// <param name="time">For the estimated rest.</param>
/// <param name="intervention">What replaces a source's output.</param>
/// <param name="aggregation">How the examples' scores become one.</param>
public sealed class EapIgActivations(
    int steps,
    int batch,
    TimeProvider time,
    Intervention intervention = Intervention.Patching,
    Aggregation aggregation = Aggregation.PerExample
) : IEdgeAttribution
{
    /// <summary>The method's name in specs and artifacts.</summary>
    public const string Name = "eap-ig-activations";

    private readonly double[] _points = Quadrature.Right.Points(Ensure.AtLeastOne(steps));
    private readonly ScoreRun _run = new(Name, batch, time, intervention, aggregation, steps, Quadrature.Right);

    /// <inheritdoc/>
    public EdgeScores Attribute(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        Action<AttributionProgress>? report = null,
        CancellationToken cancellation = default
    )
    {
        GradientRules.MustHaveSlope(Name, metric, onlyClean: steps == 1);
        return _run.Of(model, pairs, metric, rows => Add(rows, model, metric, cancellation), report, cancellation);
    }

    private void Add(ScoreBatch batch, Transformer model, Metric metric, CancellationToken cancellation)
    {
        using IDisposable frozen = no_grad();
        PairBatch pairs = batch.Pairs;
        SourceActivations clean = SourceActivations.Of(model, pairs, pairs.Clean).Activations;
        SourceActivations replaced = batch.Ablation.For(
            pairs,
            () => SourceActivations.Of(model, pairs, pairs.Corrupted).Activations
        );
        (string Name, Tensor From, Tensor To)[] paths = [.. Paths(model, replaced, clean)];
        Tensor differences = InputGradients.Differences(model, replaced, clean, _points.Length * paths.Length);
        long run = _points.Length * clean.Embedding.Bytes() * model.Config.NLayers * ActivationBytes.WidthsPerLayer;
        foreach ((string name, Tensor from, Tensor to) in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            FreedMemory.Return(run);
            using DisposeScope scope = NewDisposeScope();
            Interpolation path = Interpolation.Between(name, from, to, _points);
            new InterpolatedRun(model, pairs, path, metric, batch.Location).AddTo(batch.Sums, differences);
        }
    }

    private static IEnumerable<(string Name, Tensor From, Tensor To)> Paths(
        Transformer model,
        SourceActivations from,
        SourceActivations to
    )
    {
        yield return (HookNames.Embed, from.Embedding, to.Embedding);
        for (int layer = 0; layer < to.MlpOutputs.Length; layer++)
        {
            if (model.Config.Family.NormsWhatIsWritten)
            {
                // The heads' parts of what they write together, without a bias: see GraphRules.
                Tensor weights = model.Body.Blocks[layer].HeadWeights.flatten(0, 1); // [head * d_head, d_model]
                Tensor Written(Tensor z) => z.flatten(2).MatMul(weights);
                yield return (HookNames.AttentionOutput(layer), Written(from.HeadZs[layer]), Written(to.HeadZs[layer]));
            }
            else
            {
                yield return (HookNames.HeadZ(layer), from.HeadZs[layer], to.HeadZs[layer]);
            }

            yield return (HookNames.MlpOutput(layer), from.MlpOutputs[layer], to.MlpOutputs[layer]);
        }
    }
}
