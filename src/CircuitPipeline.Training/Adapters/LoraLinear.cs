using CircuitPipeline.Models;
using CircuitPipeline.Models.Layers;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Adapters;

/// <summary>A low-rank update of one linear map: y = W x + b + s B A x.</summary>
/// <remarks>
/// Hu et al. 2021 (arXiv:2106.09685), eq. 3, with s = alpha / rank; Kalajdzievski 2023 (arXiv:2312.03732) has alpha / √rank. A is
/// <c>[rank, in]</c> and B <c>[out, rank]</c>.
/// </remarks>
internal class LoraLinear : AdapterLinear
{
    private readonly double _scaling;

    internal LoraLinear(ModelLinear linear, Tensor a, Tensor b, double scaling)
        : base(linear)
    {
        _scaling = scaling;
        (A, B) = (Owned(a), Owned(ColumnByColumn(b)));
    }

    /// <summary>s.</summary>
    internal double Scaling => _scaling;

    internal Parameter A { get; }

    internal Parameter B { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Value)> Parameters =>
        [("lora_A.weight", A), ("lora_B.weight", B)];

    /// <inheritdoc/>
    protected override LowRankUpdate? Direct => new(A, B, _scaling);

    /// <summary>A fresh update, which changes nothing until it is trained.</summary>
    /// <remarks>A is drawn uniform in ±1/√in, as PEFT draws it, and B starts at 0.</remarks>
    internal static LoraLinear Fresh(ModelLinear linear, int rank, double scaling, Generator random)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor a, Tensor b) = Drawn(linear, rank, random);
        return new LoraLinear(linear, a, b, scaling);
    }

    /// <inheritdoc/>
    protected override Tensor Write(Tensor input, Tensor output) => output.Plus(Update(input));

    /// <inheritdoc/>
    protected override Tensor MergedWeight(Tensor weight) => weight.clone().PlusInPlace(B.mm(A), _scaling);

    // Neither of a product's gradients wants a narrow matrix row by row.
    private static Tensor ColumnByColumn(Tensor b)
    {
        using Tensor transposed = b.t();
        using Tensor rows = transposed.contiguous();
        return rows.t();
    }

    // input [batch, pos, in] -> [batch, pos, out]
    private protected Tensor Update(Tensor input) =>
        nn.functional.linear(nn.functional.linear(input, A), B).Times(_scaling);

    // A and B before training.
    private protected static (Tensor A, Tensor B) Drawn(ModelLinear linear, int rank, Generator random)
    {
        Tensor weight = linear.Module.weight;
        ScalarType type = TypeBeside(linear);
        double bound = 1 / Math.Sqrt(linear.Module.InFeatures);
        // Drawn on the processor, so that a seed gives the same numbers wherever the model is.
        Tensor a = empty(rank, linear.Module.InFeatures, type, CPU).uniform_(-bound, bound, random);
        Tensor b = zeros(linear.Module.OutFeatures, rank, type, weight.device);
        return (a.to(weight.device), b);
    }
}
