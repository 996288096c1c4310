using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.References;

/// <summary>
/// The slow truth for <see cref="EapIgInputs"/>: every head has its own copy of the residual per query, key and value,
/// autograd differentiates with respect to the copies, and every step has its own product.
/// </summary>
internal static class EapIgReference
{
    /// <summary>Mean scores by edge index.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pairs">What it is asked.</param>
    /// <param name="metric">The behaviour.</param>
    /// <param name="points">Where on the path, 0 corrupted to 1 clean.</param>
    /// <param name="ablation">What replaces the outputs; null for patching.</param>
    internal static double[] Scores(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        double[] points,
        AblationActivations? ablation = null
    )
    {
        ComputationGraph graph = new(model.Config);
        EdgeSums sums = new(graph);
        foreach (int[] rows in pairs.Batches(pairs.Count))
        {
            using DisposeScope scope = NewDisposeScope();
            PairBatch batch = ReferenceLogits.Of(model, pairs.Take(rows, model.Device), metric);
            SourceActivations clean = SourceActivations.Of(model, batch, batch.Clean).Activations;
            SourceActivations corrupted = SourceActivations.Of(model, batch, batch.Corrupted).Activations;
            SourceActivations replaced = (ablation ?? AblationActivations.ByCorrupted).For(batch, () => corrupted);
            Tensor differences = (replaced.Outputs(model) - clean.Outputs(model))
                .flatten(1, 2)
                .DividedBy(points.Length);
            foreach (double point in points)
            {
                Tensor embedding = corrupted.Embedding.Plus((clean.Embedding - corrupted.Embedding).Times(point));
                foreach ((int first, Tensor gradients) in NodewiseGradients.Of(model, embedding, batch, metric))
                {
                    sums.AddProducts(differences, first, gradients);
                }
            }
        }

        return sums.Means(pairs.Count);
    }
}
