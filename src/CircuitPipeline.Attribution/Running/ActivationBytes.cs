using CircuitPipeline.Models;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>About how much memory activations take, to tell large runs from small ones.</summary>
internal static class ActivationBytes
{
    /// <summary>What a layer leaves of a run, in widths of the model.</summary>
    internal const long WidthsPerLayer = 20;

    /// <summary>Of one run of the model on so many positions.</summary>
    internal static long Of(Transformer model, long positions) =>
        positions
        * model.Config.NLayers
        * WidthsPerLayer
        * model.Config.DModel
        * model.Body.FinalNorm.weight.element_size();

    internal static long Bytes(this Tensor tensor) => tensor.numel() * tensor.element_size();
}
