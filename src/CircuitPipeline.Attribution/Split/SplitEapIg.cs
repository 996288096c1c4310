using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>
/// The slow truth for <see cref="EapIgInputs"/>: every head has its own copy of the residual per query, key and value,
/// autograd differentiates with respect to the copies, and every step has its own product.
/// </summary>
internal static class SplitEapIg
{
    /// <summary>Mean scores by edge index.</summary>
    internal static double[] Scores(Transformer model, EncodedPairs pairs, Metric metric, double[] points)
    {
        ComputationGraph graph = new(model.Config);
        EdgeSums sums = new(graph);
        foreach (int[] rows in pairs.Batches(pairs.Count))
        {
            using var scope = NewDisposeScope();
            PairBatch batch = ReferenceLogits.Of(model, pairs.Take(rows, model.Device), metric);
            SourceActivations clean = SourceActivations.Of(model, batch, batch.Clean).Activations;
            SourceActivations corrupted = SourceActivations.Of(model, batch, batch.Corrupted).Activations;
            Tensor differences = (corrupted.Outputs(model) - clean.Outputs(model)).flatten(1, 2) / points.Length;
            foreach (double point in points)
            {
                Tensor embedding = corrupted.Embedding + (clean.Embedding - corrupted.Embedding) * point;
                foreach ((int first, Tensor gradients) in Gradients(model, embedding.detach(), batch, metric))
                    sums.AddProducts(differences, first, gradients);
            }
        }

        return sums.Means(pairs.Count);
    }

    private static IEnumerable<(int First, Tensor Gradients)> Gradients(
        Transformer model,
        Tensor embedding,
        PairBatch batch,
        Metric metric
    )
    {
        List<(int First, Tensor Copies)> inputs = [];
        SplitRun run = new(
            model,
            (first, count, residual) =>
            {
                Tensor copies = residual.unsqueeze(0).repeat(count, 1, 1, 1); // [destination, batch, pos, d_model]
                inputs.Add((first, copies));
                return copies;
            },
            _ => { }
        );
        using IDisposable recording = enable_grad();
        Tensor loss = metric.Loss(metric.Of(run.Logits(embedding.requires_grad_(), batch), batch.Answers)).sum();
        IList<Tensor> gradients = autograd.grad([loss], [.. inputs.Select(input => input.Copies)]);
        return inputs.Zip(gradients, (input, gradient) => (input.First, gradient.detach().flatten(1, 2)));
    }
}
