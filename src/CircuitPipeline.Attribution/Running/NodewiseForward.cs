using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>Gives destinations their inputs.</summary>
/// <param name="first">The first destination's index.</param>
/// <param name="count">Number of destinations.</param>
/// <param name="residual">The residual stream that reaches them, <c>[batch, pos, d_model]</c>.</param>
/// <returns><c>[destination, batch, pos, d_model]</c>.</returns>
internal delegate Tensor InputReader(int first, int count, Tensor residual);

/// <summary>Runs a model node by node, where each head reads separate inputs for its query, key and value.</summary>
/// <param name="model">The model.</param>
/// <param name="read">Gives destinations their inputs.</param>
/// <param name="wrote">
/// Gets the outputs of the next sources, <c>[source, batch, pos, d_model]</c>, in index order; returns what the run goes on with.
/// </param>
internal sealed class NodewiseForward(Transformer model, InputReader read, Func<Tensor, Tensor> wrote)
{
    private readonly TransformerConfig _config = model.Config;

    /// <summary>The logits at the answer positions, <c>[batch, d_vocab]</c>.</summary>
    /// <param name="embedding">Token embeddings, <c>[batch, pos, d_model]</c>.</param>
    /// <param name="batch">Says where the answers are asked for.</param>
    internal Tensor Logits(Tensor embedding, PairBatch batch)
    {
        ForwardPass pass = model.NewPass(embedding.size(1), ActivationHooks.None, batch.Prefix);
        Tensor residual = model.Body.Start(wrote(embedding.unsqueeze(0)).select(0, 0), pass);
        int destination = 0;
        foreach (Block block in model.Body.Blocks)
        {
            residual = AfterBlock(block, residual, destination, pass);
            destination += 3 * _config.NHeads + 1;
        }

        Tensor last = read(destination, 1, residual).select(0, 0);
        return model.Unembed(batch.AtAnswer(last), ActivationHooks.None);
    }

    // Frees what a block leaves but its result: every head has inputs of its own, so that is much.
    private Tensor AfterBlock(Block block, Tensor residual, int destination, ForwardPass pass)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor results = wrote(HeadResults(block, HeadInputs(block, residual, destination), pass));
        Tensor middle = residual.Plus(results.sum([0]));
        if (block.Attention.OutputBias is { } bias)
        {
            middle = middle.Plus(bias);
        }

        Tensor seen = read(destination + 3 * _config.NHeads, 1, _config.ParallelBlocks ? residual : middle)
            .select(0, 0);
        Tensor output = block.MlpWrites(seen, pass);
        return middle.Plus(wrote(output.unsqueeze(0)).select(0, 0)).MoveToOuterDisposeScope();
    }

    // [3, head, batch, pos, d_model]
    private Tensor HeadInputs(Block block, Tensor residual, int destination) =>
        block.AttentionReads(read(destination, 3 * _config.NHeads, residual)).unflatten(0, 3, _config.NHeads);

    // [head, batch, pos, d_model]
    private static Tensor HeadResults(Block block, Tensor inputs, ForwardPass pass)
    {
        HeadMaps heads = block.Attention.Maps;
        Tensor maps = heads.Weights.transpose(2, 3); // [3, head, d_model, d_head]
        Tensor projected = inputs.flatten(2, 3).MatMul(maps); // [3, head, batch * pos, d_head]
        if (heads.Biases is { } bias)
        {
            projected = projected.Plus(bias.unsqueeze(2));
        }

        Tensor[] parts = projected.unflatten(2, inputs.size(2), -1).permute(0, 2, 3, 1, 4).unbind(); // 3 x [batch, pos, head, d_head]
        Tensor z = block.Attention.Mix(parts[0], parts[1], parts[2], pass);
        return SourceActivations.HeadResults(block.HeadScale(z) is { } scale ? z * scale : z, block.HeadWeights);
    }
}

/// <summary>Scores are computed from the weights, which an attached adapter does not change: it must be merged first.</summary>
internal static class MergedWeights
{
    /// <summary>Refuses a model in which a hook on a linear map changes its output.</summary>
    internal static void MustBeIn(Transformer model)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        foreach (ModelLinear linear in model.LinearModules)
        {
            Tensor probe = ones(1, linear.Module.InFeatures, model.Dtype, model.Device);
            (Tensor hooked, Tensor own) = (linear.Module.call(probe), linear.Module.Own(probe));
            // Weights that are not numbers equal nothing; the run itself says where it meets them.
            if (!hooked.Equals(own) && own.isfinite().all().item<bool>())
            {
                throw new InvalidOperationException(
                    $"An adapter is attached to '{linear.Path}', but scores are computed from the weights; merge the adapter into them first."
                );
            }
        }
    }
}
