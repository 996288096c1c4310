using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Loading;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>Draws the weights of new models.</summary>
public static class TransformerFactory
{
    /// <summary>
    /// A model with fresh weights, as Hugging Face draws them: matrices normal with standard deviation
    /// <see cref="TransformerConfig.InitializerRange"/>, biases 0, norms 1; in GPT-2 the maps that write to the residual
    /// stream are drawn narrower by √(2 layers), the number of such maps (Radford et al. 2019, section 2.3).
    /// </summary>
    /// <param name="config">The shape.</param>
    /// <param name="random">Where the numbers come from, a generator of the processor; the same seed gives the same weights on every device.</param>
    /// <param name="device">Where the weights go; by default the processor.</param>
    /// <param name="dtype">The element type of the weights, which are drawn in float32 and rounded.</param>
    /// <returns>The model.</returns>
    public static Transformer Create(
        TransformerConfig config,
        Generator random,
        Device? device = null,
        ScalarType dtype = ScalarType.Float32
    )
    {
        LibTorchLoader.Load();
        // Made where it goes: moving a module has no catch in TorchSharp's native code, so a full device would end the process.
        Transformer model = new(config, dtype, device ?? CPU);
        double writing =
            config.Architecture == Architecture.Gpt2
                ? config.InitializerRange / Math.Sqrt(2.0 * config.NLayers)
                : config.InitializerRange;
        ModelFamily names = config.Family;
        using IDisposable frozen = no_grad();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in model.named_parameters())
        {
            bool writes =
                name.EndsWith($".{names.AttentionOutput}.weight", StringComparison.Ordinal)
                || name.EndsWith($".{names.MlpOut}.weight", StringComparison.Ordinal);
            if (parameter.dim() <= 1)
            {
                continue;
            }

            using TorchSharp.DisposeScope scope = NewDisposeScope();
            Tensor drawn = empty(parameter.shape, ScalarType.Float32, CPU);
            parameter.copy_(drawn.normal_(0, writes ? writing : config.InitializerRange, random));
        }

        return model;
    }
}

/// <summary>Makes parts whose matrices hold no numbers yet, at once in their type and place: they are drawn or loaded next.</summary>
/// <param name="Dtype">Element type of the weights.</param>
/// <param name="Device">Where they are.</param>
internal sealed record UninitializedLayers(ScalarType Dtype, Device Device)
{
    internal LinearMap Linear(long inputs, long outputs, bool hasBias = true) =>
        new(
            new Parameter(empty(outputs, inputs, Dtype, Device)),
            hasBias ? new Parameter(zeros(outputs, Dtype, Device)) : null
        );

    // Not Embedding_from_pretrained, which registers another tensor than its weight.
    internal Embedding Embedding(long rows, long width)
    {
        // It is moved to its device by a native call without a catch, so a device without the room for it must say so before.
        if (Device.type != TorchSharp.DeviceType.CPU)
        {
            empty(rows, width, Dtype, Device).Dispose();
        }

        Embedding embedding = nn.Embedding(rows, width, device: Device, dtype: Dtype);
        // A dispose scope that is open now would take its parameter along.
        foreach (Parameter parameter in embedding.parameters())
        {
            parameter.DetachFromDisposeScope();
        }

        return embedding;
    }

    internal Norm Norm(Normalization kind, long width, double epsilon) =>
        new(
            kind,
            epsilon,
            new Parameter(kind == Normalization.RmsOnePlus ? zeros(width, Dtype, Device) : ones(width, Dtype, Device)),
            kind == Normalization.LayerNorm ? new Parameter(zeros(width, Dtype, Device)) : null
        );
}
