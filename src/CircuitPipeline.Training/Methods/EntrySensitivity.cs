using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Training.Methods;

/// <summary>How much the loss hangs on each entry of a parameter, smoothed over the steps.</summary>
/// <remarks>
/// Zhang et al. 2023 (arXiv:2303.10512), eq. 8 to 10, without correction of the start:
/// <code>
/// I = |w g|,   Ī ← β₁ Ī + (1 - β₁) I,   U ← β₂ U + (1 - β₂) |I - Ī|,   score = Ī U
/// </code>
/// </remarks>
/// <param name="shape">The parameter's.</param>
/// <param name="dtype">The parameter's.</param>
/// <param name="device">The parameter's.</param>
internal sealed class EntrySensitivity(long[] shape, ScalarType dtype, Device device) : IDisposable
{
    /// <summary>Ī.</summary>
    internal Tensor Mean { get; } = zeros(shape, dtype, device).DetachFromDisposeScope();

    /// <summary>U.</summary>
    internal Tensor Uncertainty { get; } = zeros(shape, dtype, device).DetachFromDisposeScope();

    public void Dispose()
    {
        Mean.Dispose();
        Uncertainty.Dispose();
    }

    /// <summary>Takes a step's gradient.</summary>
    /// <param name="weight">w after the step.</param>
    /// <param name="gradient">g of the step.</param>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    internal void Add(Tensor weight, Tensor gradient, double beta1, double beta2)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor sensitivity = (weight * gradient).abs();
        Mean.TimesInPlace(beta1).PlusInPlace(sensitivity, 1 - beta1);
        Uncertainty.TimesInPlace(beta2).PlusInPlace((sensitivity - Mean).abs(), 1 - beta2);
    }

    /// <summary>The scores, of the parameter's shape.</summary>
    internal Tensor Scores() => Mean * Uncertainty;
}
