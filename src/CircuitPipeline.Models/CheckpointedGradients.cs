using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Models;

/// <summary>A loss and its gradients with the activations of one block at a time: activation checkpointing (Chen et al. 2016, arXiv:1604.06174).</summary>
/// <remarks>
/// <code>
/// forward: run the blocks one after another, and keep the residual stream before each, no more
/// loss = of the logits at the places
/// backward, from the last block: run it again from what was kept, and take its gradients; down to the lowest that has parameters to train
/// </code>
/// One forward pass more than without; the operators are the same, and so are the gradients. Memory for L blocks falls from L blocks' activations to one
/// block's and L residual streams.
/// </remarks>
public static class CheckpointedGradients
{
    /// <summary>The loss, and its gradients by parameters.</summary>
    /// <param name="model">Of whose parameters those that are trained require gradients.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="places">See <see cref="Transformer.LogitsAt"/>.</param>
    /// <param name="loss">The loss, one number, of logits <c>[place, d_vocab]</c>.</param>
    /// <param name="trained">What to differentiate by: parameters of the model, or of what is attached to it.</param>
    /// <returns>The loss, and gradients in the order and of the shapes of the parameters.</returns>
    /// <exception cref="ArgumentException">The loss does not depend on a parameter.</exception>
    public static (Tensor Loss, Tensor[] Gradients) Of(
        Transformer model,
        TokenBatch batch,
        Tensor places,
        Func<Tensor, Tensor> loss,
        IReadOnlyList<Parameter> trained
    )
    {
        Tensor?[] sums = new Tensor?[trained.Count];
        ForwardPass last = model.PassAt(batch, places);
        ForwardPass all = last with { Asked = null };
        Block[] blocks = [.. model.Body.Blocks];
        List<Tensor> residuals = []; // before each block
        int lowest = blocks.Length;
        Tensor residual = Kept(() => model.Body.Start(model.Body.Embed(batch.Tokens), all), out bool trainsEmbedding);
        for (int layer = 0; layer < blocks.Length; layer++)
        {
            residuals.Add(residual);
            residual = Kept(() => blocks[layer].Forward(residuals[layer], PassOf(layer)), out bool trains);
            lowest = trains ? Math.Min(lowest, layer) : lowest;
        }

        lowest = trainsEmbedding ? 0 : lowest;
        Tensor value;
        Tensor upstream;
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor top = residual.detach().requires_grad_(true);
            Tensor result = loss(model.Unembed(top.squeeze(0), Activations.ActivationHooks.None));
            upstream = Backward(result, ones_like(result), top)!.MoveToOuterDisposeScope();
            value = result.detach().MoveToOuterDisposeScope();
        }

        for (int layer = blocks.Length - 1; layer >= lowest; layer--)
        {
            using DisposeScope scope = NewDisposeScope();
            bool goesOn = layer > lowest || trainsEmbedding;
            Tensor input = residuals[layer].detach().requires_grad_(goesOn);
            Tensor output = blocks[layer].Forward(input, PassOf(layer));
            Tensor? below = Backward(output, upstream, goesOn ? input : null);
            upstream.Dispose();
            residuals[layer].Dispose();
            upstream = below?.MoveToOuterDisposeScope()!;
        }

        if (trainsEmbedding)
        {
            using DisposeScope scope = NewDisposeScope();
            _ = Backward(model.Body.Start(model.Body.Embed(batch.Tokens), all), upstream, null);
        }

        int missing = Array.FindIndex(sums, sum => sum is null);
        return missing < 0
            ? (value, [.. sums.OfType<Tensor>()])
            : throw new ArgumentException(
                $"The loss does not depend on parameter {missing + 1}, so there is no gradient for it."
            );

        ForwardPass PassOf(int layer) => layer == blocks.Length - 1 ? last : all;

        // Adds the part's gradients to the sums, and gives that of its input.
        Tensor? Backward(Tensor output, Tensor gradient, Tensor? input)
        {
            Tensor?[] own = GuardedCalls.GradientsOf(
                output,
                gradient,
                [.. trained, .. input is null ? (Tensor[])[] : [input]]
            );
            for (int i = 0; i < sums.Length; i++)
            {
                if (own[i] is { } more)
                {
                    using Tensor? before = sums[i];
                    sums[i] = (before?.Plus(more) ?? more).MoveToOuterDisposeScope();
                }
            }

            return input is null ? null : own[^1];
        }
    }

    // The result alone, and whether it depends on what is trained.
    private static Tensor Kept(Func<Tensor> part, out bool isTrained)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor result = part();
        isTrained = result.requires_grad;
        return result.detach().MoveToOuterDisposeScope();
    }
}
