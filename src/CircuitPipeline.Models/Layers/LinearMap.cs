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

    /// <summary>A low-rank update that is computed with the map, without a hook; null where there is none.</summary>
    public LowRankUpdate? Update { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Update is { } update ? Updated(input, update) : Own(input);

    /// <summary>The map alone, whatever is attached to it.</summary>
    internal Tensor Own(Tensor input) => LinearProducts.Linear(input, weight, bias);

    private Tensor Updated(Tensor input, LowRankUpdate update) =>
        update.A.Dimensions == 3
            ? LinearProducts.LinearPlusEach(input, weight, bias, update.A, update.B, update.Scale)
            : LinearProducts.LinearPlus(input, weight, bias, update.A, update.B, update.Scale);
}

/// <summary>s B A of y = W x + b + s B A x; or one for each of equal parts of the rows.</summary>
/// <param name="A"><c>[rank, in]</c> or <c>[part, rank, in]</c>, in the type of the weight or a wider one, in which both are added then.</param>
/// <param name="B"><c>[out, rank]</c> or <c>[part, out, rank]</c>, likewise.</param>
/// <param name="Scale">s.</param>
public sealed record LowRankUpdate(Tensor A, Tensor B, double Scale);
