using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests;

/// <summary>A <see cref="TinyModel"/> whose biases and norms are drawn too, so that no term of a formula is 0 or 1 by chance.</summary>
internal static class FilledModel
{
    internal static Transformer Create(int layers = 2, bool isParallel = true) =>
        Create(TinyModel.Config(layers, isParallel));

    internal static Transformer Create(TransformerConfig config)
    {
        Transformer model = TinyModel.Create(config);
        using Generator random = new(7);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (TorchSharp.Modules.Parameter? parameter in model.parameters().Where(parameter => parameter.dim() == 1))
        {
            parameter.add_(randn_like(parameter).normal_(0, 0.3, random));
        }

        return model;
    }
}
