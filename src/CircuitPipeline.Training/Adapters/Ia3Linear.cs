using CircuitPipeline.Models;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Adapters;

/// <summary>Learned factors of what a linear map writes, y = l ∘ (W x + b), or of what it reads, y = W (l ∘ x) + b.</summary>
/// <remarks>
/// Liu et al. 2022 (arXiv:2205.05638), section 3.3, for keys, values, and the hidden layer of the MLP; PEFT scales the bias too. l
/// is <c>[out, 1]</c> or <c>[1, in]</c>.
/// </remarks>
internal sealed class Ia3Linear(ModelLinear linear, Tensor factors, bool scalesInput) : AdapterLinear(linear)
{
    private readonly Parameter _factors = Owned(factors);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Value)> Parameters => [("ia3_l", _factors)];

    /// <summary>Factors of 1, which change nothing until they are trained.</summary>
    internal static Ia3Linear Fresh(ModelLinear linear, bool scalesInput)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = linear.Module.weight;
        long[] shape = scalesInput ? [1, linear.Module.InFeatures] : [linear.Module.OutFeatures, 1];
        return new Ia3Linear(linear, ones(shape, TypeBeside(linear), weight.device), scalesInput);
    }

    /// <inheritdoc/>
    protected override Tensor Read(Tensor input) => scalesInput ? input * _factors.flatten() : input;

    /// <inheritdoc/>
    protected override Tensor Write(Tensor input, Tensor output) => scalesInput ? output : output * _factors.flatten();

    /// <inheritdoc/>
    protected override Tensor MergedWeight(Tensor weight) => weight * _factors; // by rows or columns

    /// <inheritdoc/>
    protected override Tensor MergedBias(Tensor bias) => scalesInput ? bias : bias * _factors.flatten();
}
