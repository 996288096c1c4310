using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Devices;

/// <summary>The same model on any device and in any type: its numbers, biases and norms too, are drawn on the processor.</summary>
internal static class DeviceModel
{
    internal static Transformer Create(Device device, ScalarType dtype, TransformerConfig? config = null)
    {
        using Generator weights = new(1);
        Transformer model = TransformerFactory.Create(config ?? TinyModel.Config(), weights, device, dtype);
        using Generator random = new(7);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (TorchSharp.Modules.Parameter? parameter in model.parameters().Where(parameter => parameter.dim() == 1))
        {
            parameter.add_(zeros(parameter.shape, ScalarType.Float32, CPU).normal_(0, 0.3, random).to(parameter));
        }

        return model;
    }
}
