using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.References;

/// <summary>
/// The slow truth for <see cref="EapIgActivations"/>: every part's results, not its heads' z, are interpolated, point by
/// point, in runs in which every head has its own copy of the residual.
/// </summary>
internal static class EapIgActivationsReference
{
    /// <summary>Mean scores by edge index.</summary>
    internal static double[] Scores(
        Transformer model,
        EncodedPairs pairs,
        Metric metric,
        double[] points,
        AblationActivations ablation
    )
    {
        using DisposeScope scope = NewDisposeScope();
        ComputationGraph graph = new(model.Config);
        EdgeSums sums = new(graph);
        int[] all = [.. Enumerable.Range(0, pairs.Count)];
        PairBatch batch = ReferenceLogits.Of(model, pairs.Take(all, model.Device), metric);
        SourceActivations clean = SourceActivations.Of(model, batch, batch.Clean).Activations;
        SourceActivations corrupted = SourceActivations.Of(model, batch, batch.Corrupted).Activations;
        Tensor to = clean.Outputs(model); // [source, batch, pos, d_model]
        Tensor from = ablation.For(batch, () => corrupted).Outputs(model).expand_as(to);
        int[] parts = [.. PartStarts(model.Config)];
        Tensor differences = (from - to).flatten(1, 2).DividedBy(points.Length * parts.Length);
        foreach (int part in parts)
        {
            foreach (double point in points)
            {
                int next = 0;
                Tensor Wrote(Tensor outputs)
                {
                    (int first, next) = (next, next + (int)outputs.size(0));
                    Tensor path = from.Times(1 - point).Plus(to.Times(point));
                    // 0 times the outputs keeps what leads to them in the graph.
                    return first == part ? path.narrow(0, first, outputs.size(0)).Plus(outputs.Times(0)) : outputs;
                }

                foreach (
                    (int first, Tensor gradients) in NodewiseGradients.Of(model, to.select(0, 0), batch, metric, Wrote)
                )
                {
                    sums.AddProducts(differences, first, gradients);
                }
            }
        }

        return sums.Means(pairs.Count);
    }

    // The first sources of the input, and of the heads and the MLP of each layer.
    private static IEnumerable<int> PartStarts(TransformerConfig config) =>
        Enumerable
            .Range(0, config.NLayers)
            .Select(layer => 1 + layer * (config.NHeads + 1))
            .SelectMany(heads => (int[])[heads, heads + config.NHeads])
            .Prepend(0);
}
