using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Models.Layers;

/// <summary>A linear map y = x Wᵀ + b; hooks on it see x and y.</summary>
/// <remarks>TorchSharp's own module in all but its product, which is that of <see cref="LinearProducts"/>.</remarks>
public sealed class LinearMap : nn.Module<Tensor, Tensor>
{
    /// <summary>W <c>[out, in]</c>.</summary>
    public readonly Parameter weight;

    /// <summary>b <c>[out]</c>; null where there is none.</summary>
    public readonly Parameter? bias;

    internal LinearMap(Parameter weight, Parameter? bias)
        : base(nameof(LinearMap))
    {
        (this.weight, this.bias) = (weight, bias);
        RegisterComponents();
    }

    /// <summary>Width of x.</summary>
    public long InFeatures => weight.size(1);

    /// <summary>Width of y.</summary>
    public long OutFeatures => weight.size(0);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => LinearProducts.Linear(input, weight, bias);
}
