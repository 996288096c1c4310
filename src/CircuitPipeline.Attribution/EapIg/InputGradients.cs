using CircuitPipeline.Circuits;
using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>
/// Gradients of the loss at each destination's input (the residual before its norm), averaged over the steps, from the
/// gradients at queries, keys, values and normed MLP inputs: no copy of the residual per head is run or differentiated.
/// </summary>
/// <remarks>
/// For a head's map y = W (w x̂ + b) + c and a gradient g at y, the gradient at x is (W'ᵀ g - x̂ s) / σ, where W' is W w with
/// each row's mean removed and s = g · (W w x̂) / d_model = g · (y - W b - c) / d_model. The first term is summed over the
/// steps before its one product with W'; the second is one number per step, head and position.
/// </remarks>
internal static class InputGradients
{
    /// <summary>Yields first destination index and gradients, <c>[destination, batch * pos, d_model]</c>, in index order.</summary>
    internal static IEnumerable<(int First, Tensor Gradients)> Of(Transformer model, InterpolatedRun run)
    {
        TransformerConfig config = model.Config;
        int heads = 3 * config.NHeads;
        for (int layer = 0; layer < config.NLayers; layer++)
        {
            Block block = model.Body.Blocks[layer];
            Tensor residual = run.Activation(HookNames.ResidualBefore(layer)); // [step, batch, pos, d_model]
            NormPoint norm = new(block.AttentionNorm, residual);
            yield return (layer * (heads + 1), OfHeads(block.Attention, norm, run, layer));

            Tensor mlpResidual = config.ParallelBlocks
                ? residual
                : residual + run.Activation(HookNames.AttentionOutput(layer));
            NormPoint mlpNorm = new(block.MlpNorm, mlpResidual);
            Tensor mlp = mlpNorm.Backward(run.Gradient(HookNames.MlpInput(layer)));
            yield return (layer * (heads + 1) + heads, MeanOverSteps(mlp));
        }

        yield return (config.NLayers * (heads + 1), MeanOverSteps(run.LastGradient));
    }

    // n positions of all examples, m = 3 * head
    private static Tensor OfHeads(Attention attention, NormPoint norm, InterpolatedRun run, int layer)
    {
        string[] names = [HookNames.Query(layer), HookNames.Key(layer), HookNames.Value(layer)];
        Tensor gradients = stack(names.Select(run.Gradient), 3).flatten(1, 2); // [step, n, 3, head, d_head]
        Tensor values = stack(names.Select(run.Activation), 3).flatten(1, 2); // [step, n, 3, head, d_head]
        Tensor normalized = norm.Normalized.flatten(1, 2); // [step, n, d_model]
        (long steps, long dModel) = (normalized.size(0), normalized.size(2));
        gradients *= norm.InverseDeviation.flatten(1, 2).unsqueeze(-1).unsqueeze(-1);

        Tensor weights = attention.QueryKeyValueWeights; // [3, head, d_head, d_model]
        Tensor constant = weights.matmul(norm.Bias); // [3, head, d_head]
        if (attention.QueryKeyValueBias is { } bias)
            constant += bias;
        Tensor scaled = weights * norm.Weight;
        Tensor centred = (scaled - scaled.mean([-1], keepdim: true)).flatten(0, 1); // [m, d_head, d_model]

        Tensor first = gradients.sum([0]).permute(1, 2, 0, 3).flatten(0, 1).bmm(centred); // [m, n, d_model]
        Tensor radial = (gradients * (values - constant)).sum(-1).flatten(2, 3) / dModel; // [step, n, m]
        Tensor second = radial.permute(1, 2, 0).bmm(normalized.transpose(0, 1)); // [n, m, d_model]
        return (first - second.transpose(0, 1)) / steps;
    }

    private static Tensor MeanOverSteps(Tensor gradients) => gradients.mean([0]).flatten(0, 1).unsqueeze(0); // [1, n, d_model]
}
