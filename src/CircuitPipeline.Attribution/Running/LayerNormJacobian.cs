using CircuitPipeline.Tensors.Calls;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>The Jacobian of a LayerNorm at the residuals where it was evaluated: y = w x̂ + b with x̂ = (x - mean) / σ.</summary>
/// <remarks>
/// Transposed, it takes a gradient g at y to (a - mean(a) - x̂ mean(a x̂)) / σ with a = w g, the means over
/// d_model (Ba et al. 2016, arXiv:1607.06450).
/// </remarks>
internal sealed class LayerNormJacobian
{
    private readonly LayerNorm _norm;

    internal LayerNormJacobian(LayerNorm norm, Tensor residual)
    {
        _norm = norm;
        // aten's var is written for one long row and takes ten times as long as these.
        Tensor centred = residual - residual.mean([-1], keepdim: true);
        InverseDeviation = (centred * centred).mean([-1], keepdim: true).PlusInPlace(norm.eps).rsqrt_();
        Normalized = centred.mul_(InverseDeviation);
    }

    private LayerNormJacobian(LayerNorm norm, LayerNormJacobian other) =>
        (_norm, Normalized, InverseDeviation) = (norm, other.Normalized, other.InverseDeviation);

    /// <summary>x̂, <c>[…, d_model]</c>.</summary>
    internal Tensor Normalized { get; }

    /// <summary>1 / σ, <c>[…, 1]</c>.</summary>
    internal Tensor InverseDeviation { get; }

    /// <summary>w, <c>[d_model]</c>.</summary>
    internal Tensor Weight => _norm.weight!.detach();

    /// <summary>b, <c>[d_model]</c>.</summary>
    internal Tensor Bias => _norm.bias!.detach();

    /// <summary>Another norm at the same residuals: x̂ and σ know nothing of its weights.</summary>
    internal LayerNormJacobian Of(LayerNorm norm) => new(norm, this);

    /// <summary>The gradient at x for a gradient at y, both <c>[…, d_model]</c>, but for the mean over d_model that it lacks.</summary>
    /// <remarks>The term in mean(a) drops out of every product with differences whose own mean is removed.</remarks>
    internal Tensor BackwardUpToMean(Tensor gradient)
    {
        Tensor a = (gradient * Weight).mul_(InverseDeviation);
        Tensor radial = (a * Normalized).mean([-1], keepdim: true);
        return a.PlusProductInPlace(Normalized, radial, -1);
    }
}
