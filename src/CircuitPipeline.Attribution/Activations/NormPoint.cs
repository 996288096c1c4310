using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>A LayerNorm at the residuals where it was evaluated: y = w x̂ + b with x̂ = (x - mean) / σ.</summary>
/// <remarks>
/// Its Jacobian, transposed, takes a gradient g at y to (a - mean(a) - x̂ mean(a x̂)) / σ with a = w g, the means over
/// d_model (Ba et al. 2016, arXiv:1607.06450).
/// </remarks>
internal sealed class NormPoint
{
    private readonly LayerNorm _norm;

    internal NormPoint(LayerNorm norm, Tensor residual)
    {
        _norm = norm;
        Normalized = nn.functional.layer_norm(residual, [residual.size(-1)], eps: norm.eps);
        InverseDeviation = (residual.var([-1], unbiased: false, keepdim: true) + norm.eps).rsqrt();
    }

    /// <summary>x̂, <c>[…, d_model]</c>.</summary>
    internal Tensor Normalized { get; }

    /// <summary>1 / σ, <c>[…, 1]</c>.</summary>
    internal Tensor InverseDeviation { get; }

    /// <summary>w, <c>[d_model]</c>.</summary>
    internal Tensor Weight => _norm.weight!.detach();

    /// <summary>b, <c>[d_model]</c>.</summary>
    internal Tensor Bias => _norm.bias!.detach();

    /// <summary>The gradient at x for a gradient at y, both <c>[…, d_model]</c>.</summary>
    internal Tensor Backward(Tensor gradient)
    {
        Tensor a = gradient * Weight * InverseDeviation;
        return a - a.mean([-1], keepdim: true) - Normalized * (a * Normalized).mean([-1], keepdim: true);
    }
}
