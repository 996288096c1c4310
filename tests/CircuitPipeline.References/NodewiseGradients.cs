using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.References;

/// <summary>Gradients of the loss by autograd, where every destination really has its own copy of the residual.</summary>
internal static class NodewiseGradients
{
    /// <summary>Gives first destination index and gradients, <c>[destination, batch * pos, d_model]</c>, in index order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="embedding">Token embeddings, <c>[batch, pos, d_model]</c>.</param>
    /// <param name="batch">The prompts.</param>
    /// <param name="metric">Gives the loss.</param>
    /// <param name="wrote">Changes the sources' outputs as they come; null to leave them, see <see cref="NodewiseForward"/>.</param>
    internal static IEnumerable<(int First, Tensor Gradients)> Of(
        Transformer model,
        Tensor embedding,
        PairBatch batch,
        Metric metric,
        Func<Tensor, Tensor>? wrote = null
    )
    {
        List<(int First, Tensor Copies)> inputs = [];
        NodewiseForward run = new(
            model,
            (first, count, residual) =>
            {
                // [destination, batch, pos, d_model]; they outlive their block.
                Tensor copies = residual.unsqueeze(0).repeat(count, 1, 1, 1).MoveToOuterDisposeScope();
                inputs.Add((first, copies));
                return copies;
            },
            wrote ?? (outputs => outputs)
        );
        using IDisposable recording = enable_grad();
        Tensor logits = run.Logits(embedding.detach().requires_grad_(), batch);
        Tensor loss = metric.Loss(metric.Of(logits, batch.Answers)).sum();
        Tensor[] gradients = GuardedCalls.Gradients(loss, [.. inputs.Select(input => input.Copies)]);
        return inputs.Zip(gradients, (input, gradient) => (input.First, gradient.detach().flatten(1, 2)));
    }
}
