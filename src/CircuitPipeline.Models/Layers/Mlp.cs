using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Activations;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>Two linear maps with a non-linearity between them, or three where a gate is multiplied with the hidden layer.</summary>
internal sealed class Mlp
{
    private readonly Activation _activation;
    private readonly int _layer;

    internal Mlp(TransformerConfig config, int layer, UninitializedLayers parts)
    {
        (_activation, _layer) = (config.Activation, layer);
        Gate = config.Family.MlpGate is null ? null : parts.Linear(config.DModel, config.DMlp, config.MlpBias);
        In = parts.Linear(config.DModel, config.DMlp, config.MlpBias);
        Out = parts.Linear(config.DMlp, config.DModel, config.MlpBias);
    }

    internal LinearMap? Gate { get; }

    internal LinearMap In { get; }

    internal LinearMap Out { get; }

    /// <summary>Reads what the MLP reads, <c>[batch, pos, d_model]</c>; returns <c>[batch, pos, d_model]</c>.</summary>
    internal Tensor Forward(Tensor normed, ForwardPass pass)
    {
        Tensor hidden = In.call(normed); // [batch, pos, d_mlp]
        hidden = Gate is null ? Activate(hidden) : Activate(Gate.call(normed)) * hidden;
        return Out.call(pass.Hooks.Apply(HookNames.MlpHidden(_layer), hidden));
    }

    private Tensor Activate(Tensor x) =>
        _activation switch
        {
            Activation.Gelu => nn.functional.gelu(x),
            // Hendrycks and Gimpel 2016 (arXiv:1606.08415), the tanh approximation.
            Activation.GeluTanh => nn.functional.gelu(x, GELU.Approximate.tanh),
            Activation.Relu => x.relu(),
            Activation.Silu => nn.functional.silu(x),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
