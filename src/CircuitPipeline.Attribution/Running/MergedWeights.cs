using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Scores are computed from the weights, which an attached adapter does not change: it must be merged first.</summary>
internal static class MergedWeights
{
    /// <summary>Refuses a model in which a hook on a linear map changes its output.</summary>
    internal static void MustBeIn(Transformer model)
    {
        using var scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        foreach (ModelLinear linear in model.LinearModules)
        {
            Tensor probe = ones(1, linear.Module.in_features, model.Dtype, model.Device);
            if (!linear.Module.call(probe).Equals(linear.Module.forward(probe)))
                throw new InvalidOperationException(
                    $"An adapter is attached to '{linear.Path}', but scores are computed from the weights; merge the adapter into them first."
                );
        }
    }
}
