using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Models.Layers;

/// <summary>A norm over the last dimension, of the family's kind.</summary>
/// <remarks>In types of 16 bits the mean square is taken in float32, as Hugging Face does.</remarks>
internal sealed class Norm : nn.Module<Tensor, Tensor>
{
    /// <summary>w as it is stored, <c>[width]</c>.</summary>
    public readonly Parameter weight;

    /// <summary>b <c>[width]</c>; null where the kind has none.</summary>
    public readonly Parameter? bias;

    internal Norm(Normalization kind, double epsilon, Parameter weight, Parameter? bias)
        : base(nameof(Norm))
    {
        (Kind, Epsilon, this.weight, this.bias) = (kind, epsilon, weight, bias);
        RegisterComponents();
    }

    internal Normalization Kind { get; }

    /// <summary>What is added to the variance or to the mean square.</summary>
    internal double Epsilon { get; }

    /// <summary>What the normalized numbers are multiplied by, without gradient, <c>[width]</c>.</summary>
    internal Tensor Factor
    {
        get
        {
            Tensor stored = weight.detach();
            return Kind == Normalization.RmsOnePlus ? stored.Plus(1) : stored;
        }
    }

    /// <summary><c>[…, width]</c> to <c>[…, width]</c>.</summary>
    public override Tensor forward(Tensor input) =>
        Kind == Normalization.LayerNorm
            ? nn.functional.layer_norm(input, weight.shape, weight, bias, Epsilon)
            : Scaled(input, InverseScale(input));

    /// <summary>1 / rms of what an RMSNorm reads, <c>[…, 1]</c>; float32 at least.</summary>
    internal Tensor InverseScale(Tensor input)
    {
        Tensor wide = input.Wide();
        return (wide * wide).mean([-1], keepdim: true).Plus(Epsilon).rsqrt();
    }

    /// <summary>An RMSNorm's result for a scale of its own or of another run.</summary>
    /// <param name="input"><c>[…, width]</c>.</param>
    /// <param name="inverseScale">See <see cref="InverseScale"/>.</param>
    internal Tensor Scaled(Tensor input, Tensor inverseScale)
    {
        Tensor normalized = input.Wide() * inverseScale;
        return Kind == Normalization.RmsOnePlus
            ? (normalized * weight.Wide().Plus(1)).to(input.dtype)
            : normalized.to(input.dtype) * weight;
    }
}
