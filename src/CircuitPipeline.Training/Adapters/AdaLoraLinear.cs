using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Adapters;

/// <summary>An update in the form of a singular value decomposition: y = W x + b + s B (A ∘ E) x.</summary>
/// <remarks>
/// Zhang et al. 2023 (arXiv:2303.10512), eq. 3, where E is a diagonal; here it is <c>[rank, 1]</c>, A <c>[rank, in]</c> and B
/// <c>[out, rank]</c>. s is alpha / (the rank before pruning + 1e-5), as in PEFT and the authors' code. Rows may all be pruned.
/// </remarks>
internal sealed class AdaLoraLinear(ModelLinear linear, Tensor a, Tensor b, Tensor e, double scaling)
    : AdapterLinear(linear)
{
    private const double Deviation = 0.02;

    internal Parameter A { get; } = Owned(a);

    internal Parameter B { get; } = Owned(b);

    internal Parameter E { get; } = Owned(e);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Value)> Parameters =>
        [("lora_A", A), ("lora_B", B), ("lora_E", E)];

    /// <summary>A fresh update, which changes nothing until it is trained: A and B are drawn from N(0, 0.02²), E starts at 0.</summary>
    internal static AdaLoraLinear Fresh(ModelLinear linear, int rank, double scaling, Generator random)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor weight = linear.Module.weight;
        ScalarType type = TypeBeside(linear);
        // Drawn on the processor, so that a seed gives the same numbers wherever the model is.
        Tensor a = empty(rank, linear.Module.InFeatures, type, CPU).normal_(0, Deviation, random);
        Tensor b = empty(linear.Module.OutFeatures, rank, type, CPU).normal_(0, Deviation, random);
        Tensor e = zeros(rank, 1, type, weight.device);
        return new AdaLoraLinear(linear, a.to(weight.device), b.to(weight.device), e, scaling);
    }

    /// <inheritdoc/>
    protected override Tensor Write(Tensor input, Tensor output) =>
        output.Plus(nn.functional.linear(nn.functional.linear(input, A * E), B).Times(scaling));

    /// <inheritdoc/>
    protected override Tensor MergedWeight(Tensor weight) => weight.clone().PlusInPlace(B.mm(A * E), scaling);
}
