using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>
/// Gradients of the loss at each destination's input (the residual before its norm), summed over the steps, from the
/// gradients at queries, keys, values and normed MLP inputs: no copy of the residual per head is run or differentiated.
/// </summary>
/// <remarks>
/// For a head's map y = W (w x̂ + b) + c and a gradient g at y, the gradient at x is (w Wᵀ g - mean - x̂ s) / σ, where s =
/// g · (W w x̂) / d_model = g · (y - W b - c) / d_model. The first term is summed over the steps before its one product with
/// W; the last is one number per step, head and position. The mean over d_model of the first term is left in: all gradients
/// here are meant for products with differences whose own mean over d_model is 0 (<see cref="Differences"/>), where it
/// drops out, as 1ᵀ of a gradient that comes through a norm is 0 anyway. An RMSNorm has no mean in it: the rest is the same. A family
/// without a norm here has the gradient Wᵀ g.
/// </remarks>
internal static class InputGradients
{
    /// <summary>
    /// The other factor of the products: what replaces each source's output minus its clean output, divided by a number of
    /// steps; without its mean over d_model where the family's norms take it away.
    /// </summary>
    /// <returns><c>[source, batch * pos, d_model]</c>.</returns>
    internal static Tensor Differences(
        Transformer model,
        SourceActivations replaced,
        SourceActivations clean,
        long steps
    )
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor outputs = replaced.Minus(clean).Outputs(model).flatten(1, 2);
        if (model.Config.Family.Normalization == Normalization.LayerNorm)
        {
            outputs.sub_(outputs.mean([-1], keepdim: true));
        }

        return outputs.DivideInPlace(steps).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Yields first destination index and gradients, <c>[destination, batch * pos, d_model]</c>, in index order; those of one
    /// item are reached by the same sources, and gone when the next is taken.
    /// </summary>
    internal static IEnumerable<(int First, Tensor Gradients)> Of(Transformer model, InterpolatedRun run)
    {
        TransformerConfig config = model.Config;
        int heads = 3 * config.NHeads;
        for (int layer = 0; layer < config.NLayers; layer++)
        {
            using DisposeScope scope = NewDisposeScope();
            Block block = model.Body.Blocks[layer];
            int first = layer * (heads + 1);
            Tensor residual = run.Activation(HookNames.ResidualBefore(layer)); // [step, batch, pos, d_model]
            NormJacobian norm = new(block.AttentionNorm, residual);
            Tensor mlpGradient = run.Gradient(HookNames.MlpInput(layer)); // [step, batch, pos, d_model]
            if (config.ParallelBlocks)
            {
                // Heads and MLP read the same residual, from the same sources.
                Tensor mlp = SumOverSteps(norm.Of(block.MlpNorm!).BackwardUpToMean(mlpGradient));
                Tensor all = empty([heads + 1, mlp.size(1), mlp.size(2)], mlp.dtype, mlp.device);
                all.narrow(0, heads, 1).copy_(mlp);
                OfHeads(all.narrow(0, 0, heads), block.Attention, norm, run, layer);
                yield return (first, all);
                continue;
            }

            Tensor own = empty(
                [heads, residual.size(1) * residual.size(2), residual.size(3)],
                residual.dtype,
                residual.device
            );
            OfHeads(own, block.Attention, norm, run, layer);
            yield return (first, own);
            NormJacobian mlpNorm = new(block.MlpNorm, residual.Plus(run.Activation(HookNames.AttentionOutput(layer))));
            yield return (first + heads, SumOverSteps(mlpNorm.BackwardUpToMean(mlpGradient)));
        }

        yield return (config.NLayers * (heads + 1), SumOverSteps(run.LastGradient));
    }

    // n positions of all examples, m = 3 * head; writes [m, n, d_model]
    private static void OfHeads(Tensor target, Attention attention, NormJacobian norm, InterpolatedRun run, int layer)
    {
        string[] names = [HookNames.Query(layer), HookNames.Key(layer), HookNames.Value(layer)];
        Tensor gradients = stack(names.Select(run.Gradient), 3).flatten(1, 2); // [step, n, 3, head, d_head]
        Tensor values = stack(names.Select(run.Activation), 3).flatten(1, 2); // [step, n, 3, head, d_head]
        Tensor weights = attention.Maps.Weights; // [3, head, d_head, d_model]
        if (norm.IsIdentity)
        {
            target.copy_(Mapped());
            return;
        }

        Tensor normalized = norm.Normalized.flatten(1, 2); // [step, n, d_model]
        gradients.mul_(norm.InverseDeviation.flatten(1, 2).unsqueeze(-1).unsqueeze(-1));
        if (Constant() is { } constant)
        {
            values.sub_(constant);
        }

        Tensor radial = values.mul_(gradients).sum(-1).flatten(2, 3).DivideInPlace(-normalized.size(2)); // [step, n, m]
        Tensor along = radial.permute(1, 2, 0).bmm(normalized.transpose(0, 1)); // [n, m, d_model]
        target.copy_(along.transpose(0, 1));
        target.PlusProductInPlace(Mapped(), norm.Weight);

        // What the map makes of the norm's bias, and its own, [3, head, d_head].
        Tensor? Constant() =>
            (norm.Bias, attention.Maps.Biases) switch
            {
                ({ } shift, { } bias) => weights.MatMul(shift).Plus(bias),
                ({ } shift, null) => weights.MatMul(shift),
                (null, var bias) => bias,
            };

        // [m, n, d_model]
        Tensor Mapped() => gradients.sum([0]).permute(1, 2, 0, 3).flatten(0, 1).bmm(weights.flatten(0, 1));
    }

    private static Tensor SumOverSteps(Tensor gradients) => gradients.sum([0]).flatten(0, 1).unsqueeze(0); // [1, n, d_model]
}

/// <summary>Which metrics and interventions gradients are defined for.</summary>
internal static class GradientRules
{
    /// <summary>Refuses a metric whose gradient does not exist or is 0 at all points where it would be taken.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="onlyClean">Whether all gradients are taken at the clean run.</param>
    internal static void MustHaveSlope(string method, Metric metric, bool onlyClean)
    {
        if (!metric.HasGradient)
        {
            throw new UndefinedCombinationException(
                $"The method '{method}' differentiates the metric, but '{metric.Name}' has no gradient; "
                    + $"measure it with '{ExactPatching.Name}' or in an evaluation."
            );
        }

        if (onlyClean && metric.Reference == ReferenceRun.Clean)
        {
            throw new UndefinedCombinationException(
                $"The method '{method}' takes the gradient of '{metric.Name}' at the clean run only, where it is 0 for every edge, "
                    + "since a divergence from the clean run is least there; compare with 'corrupted', or take more points."
            );
        }
    }

    /// <summary>Refuses replacements to which the path from corrupted to clean inputs does not lead.</summary>
    internal static Intervention MustBePatching(string method, Intervention intervention) =>
        intervention == Intervention.Patching
            ? intervention
            : throw new UndefinedCombinationException(
                $"The method '{method}' integrates from the corrupted prompt, so it is defined for '{EnumNames.Of(Intervention.Patching)}' only, "
                    + $"not for '{EnumNames.Of(intervention)}'; '{Eap.Name}', '{EapIgActivations.Name}' and '{ExactPatching.Name}' are defined for all."
            );
}
