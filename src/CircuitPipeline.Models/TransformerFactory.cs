using CircuitPipeline.Circuits;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>Draws the weights of new models.</summary>
public static class TransformerFactory
{
    /// <summary>
    /// A model with fresh weights, as Hugging Face draws them for GPT-NeoX: matrices normal with standard deviation
    /// <see cref="TransformerConfig.InitializerRange"/>, biases 0, norms 1.
    /// </summary>
    /// <param name="config">The shape.</param>
    /// <param name="random">Where the numbers come from; the same seed gives the same weights.</param>
    public static Transformer Create(TransformerConfig config, Generator random)
    {
        Transformer model = new(config);
        using IDisposable frozen = no_grad();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in model.named_parameters())
        {
            if (parameter.dim() > 1)
                parameter.normal_(0, config.InitializerRange, random);
            else if (name.EndsWith(".bias", StringComparison.Ordinal))
                nn.init.zeros_(parameter);
        }

        return model;
    }
}
