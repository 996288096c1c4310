using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

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
            empty(rows, width, Dtype, Device).Dispose();
        Embedding embedding = nn.Embedding(rows, width, device: Device, dtype: Dtype);
        // A dispose scope that is open now would take its parameter along.
        foreach (Parameter parameter in embedding.parameters())
            parameter.DetachFromDisposeScope();
        return embedding;
    }

    internal LayerNorm LayerNorm(long width, double epsilon) =>
        nn.LayerNorm(width, epsilon, device: Device, dtype: Dtype);
}
