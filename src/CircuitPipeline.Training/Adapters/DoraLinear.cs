using CircuitPipeline.Models;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Adapters;

/// <summary>A low-rank update whose rows have lengths of their own: y = m / ‖V‖ ∘ V x + b with V = W + s B A.</summary>
/// <remarks>
/// Liu et al. 2024 (arXiv:2402.09353), eq. 5; their columns are the rows of a weight <c>[out, in]</c>. m is <c>[out]</c>, the norm is
/// that of each row, without gradient (section 4.3), and the bias stands outside.
/// </remarks>
internal sealed class DoraLinear : LoraLinear
{
    private readonly Parameter _magnitude;

    internal DoraLinear(ModelLinear linear, Tensor a, Tensor b, double scaling, Tensor magnitude)
        : base(linear, a, b, scaling) => _magnitude = Owned(magnitude);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Value)> Parameters =>
        [.. base.Parameters, ("lora_magnitude_vector", _magnitude)];

    /// <inheritdoc/>
    protected override LowRankUpdate? Direct => null;

    /// <summary>A fresh update beside the lengths of the weight's rows, so that nothing changes until it is trained.</summary>
    internal static new DoraLinear Fresh(ModelLinear linear, int rank, double scaling, Generator random)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        (Tensor a, Tensor b) = Drawn(linear, rank, random);
        Tensor weight = linear.Module.weight;
        return new DoraLinear(linear, a, b, scaling, InverseLengths(weight.Wide()).reciprocal());
    }

    /// <inheritdoc/>
    protected override Tensor Write(Tensor input, Tensor output)
    {
        Tensor factor = Factor(Direction());
        if (Linear.Module.bias is not { } bias)
        {
            return factor * output.Plus(Update(input));
        }

        Tensor constant = bias.to(A.dtype);
        return (factor * output.Plus(constant.neg()).Plus(Update(input))).Plus(constant);
    }

    /// <inheritdoc/>
    protected override Tensor MergedWeight(Tensor weight)
    {
        Tensor direction = base.MergedWeight(weight);
        return Factor(direction).unsqueeze(1) * direction;
    }

    // V without gradient: only its rows' lengths are taken of it.
    private Tensor Direction()
    {
        using IDisposable frozen = no_grad();
        return base.MergedWeight(Linear.Module.weight.to(A.dtype));
    }

    // [out, in] -> [out]
    private Tensor Factor(Tensor direction) => _magnitude * InverseLengths(direction);

    // [out, in] -> [out]; not sqrt, which differs between processors.
    private static Tensor InverseLengths(Tensor rows)
    {
        using IDisposable frozen = no_grad();
        return (rows * rows).sum(1).rsqrt();
    }
}
