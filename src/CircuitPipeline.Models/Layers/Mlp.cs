using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Activations;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Layers;

/// <summary>Two linear maps with a non-linearity between them.</summary>
internal sealed class Mlp : FamilyModule
{
    private readonly Activation _activation;
    private readonly int _layer;
    private readonly LinearMap _in;
    private readonly LinearMap _out;

    internal Mlp(TransformerConfig config, int layer, UninitializedLayers parts)
        : base(nameof(Mlp))
    {
        (_activation, _layer) = (config.Activation, layer);
        _in = parts.Linear(config.DModel, config.DMlp);
        _out = parts.Linear(config.DMlp, config.DModel);
        FamilyNames names = FamilyNames.Of(config.Architecture);
        Register((names.MlpIn, _in), (names.MlpOut, _out));
    }

    internal LinearMap In => _in;

    internal LinearMap Out => _out;

    internal Activation Activation => _activation;

    /// <summary>Reads the normed residual, <c>[batch, pos, d_model]</c>; returns <c>[batch, pos, d_model]</c>.</summary>
    internal Tensor Forward(Tensor normed, ForwardPass pass)
    {
        Tensor hidden = Activate(_in.call(normed)); // [batch, pos, d_mlp]
        hidden = pass.Hooks.Apply(HookNames.MlpHidden(_layer), hidden);
        return pass.Hooks.Apply(HookNames.MlpOutput(_layer), _out.call(hidden));
    }

    /// <summary>The non-linearity, number by number.</summary>
    internal Tensor Activate(Tensor x) =>
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
