using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>The Jacobian of a norm at the residuals where it was evaluated: y = w x̂ + b, where x̂ = (x - mean) / σ in a LayerNorm and x / rms in an RMSNorm.</summary>
/// <remarks>
/// Transposed, it takes a gradient g at y to (a - mean(a) - x̂ mean(a x̂)) / σ with a = w g, the means over
/// d_model (Ba et al. 2016, arXiv:1607.06450); an RMSNorm has no mean(a). Without a norm it is the identity.
/// </remarks>
internal sealed class NormJacobian
{
    private readonly Norm? _norm;

    internal NormJacobian(Norm? norm, Tensor residual)
    {
        _norm = norm;
        if (norm is null)
        {
            (Normalized, InverseDeviation) = (residual, residual);
            return;
        }

        // aten's var is written for one long row and takes ten times as long as these.
        Tensor centred =
            norm.Kind == Normalization.LayerNorm ? residual - residual.mean([-1], keepdim: true) : residual;
        InverseDeviation = (centred * centred).mean([-1], keepdim: true).PlusInPlace(norm.Epsilon).rsqrt_();
        Normalized = centred * InverseDeviation;
    }

    private NormJacobian(Norm norm, NormJacobian other) =>
        (_norm, Normalized, InverseDeviation) = (norm, other.Normalized, other.InverseDeviation);

    /// <summary>Whether there is no norm.</summary>
    internal bool IsIdentity => _norm is null;

    /// <summary>x̂, <c>[…, d_model]</c>.</summary>
    internal Tensor Normalized { get; }

    /// <summary>1 / σ, <c>[…, 1]</c>.</summary>
    internal Tensor InverseDeviation { get; }

    /// <summary>w, <c>[d_model]</c>.</summary>
    internal Tensor Weight => _norm!.Factor;

    /// <summary>b, <c>[d_model]</c>; null in an RMSNorm.</summary>
    internal Tensor? Bias => _norm!.bias?.detach();

    /// <summary>Another norm of the same kind at the same residuals: x̂ and σ know nothing of its weights.</summary>
    internal NormJacobian Of(Norm norm) => new(norm, this);

    /// <summary>The gradient at x for a gradient at y, both <c>[…, d_model]</c>, but for the mean over d_model that a LayerNorm's lacks.</summary>
    /// <remarks>The term in mean(a) drops out of every product with differences whose own mean is removed.</remarks>
    internal Tensor BackwardUpToMean(Tensor gradient)
    {
        if (IsIdentity)
        {
            return gradient;
        }

        Tensor a = (gradient * Weight).mul_(InverseDeviation);
        Tensor radial = (a * Normalized).mean([-1], keepdim: true);
        return a.PlusProductInPlace(Normalized, radial, -1);
    }
}
