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
            Tensor probe = ones(1, linear.Module.InFeatures, model.Dtype, model.Device);
            (Tensor hooked, Tensor own) = (linear.Module.call(probe), linear.Module.forward(probe));
            // Weights that are not numbers equal nothing; the run itself says where it meets them.
            if (!hooked.Equals(own) && own.isfinite().all().item<bool>())
                throw new InvalidOperationException(
                    $"An adapter is attached to '{linear.Path}', but scores are computed from the weights; merge the adapter into them first."
                );
        }
    }
}
