using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Calls;
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
    private readonly Parameter _a = Owned(a);
    private readonly Parameter _b = Owned(b);
    private readonly Parameter _e = Owned(e);

    internal override IReadOnlyList<(string Name, Parameter Value)> Parameters =>
        [("lora_A", _a), ("lora_B", _b), ("lora_E", _e)];

    /// <inheritdoc/>
    protected override Tensor Write(Tensor input, Tensor output) =>
        output.Plus(nn.functional.linear(nn.functional.linear(input, _a * _e), _b).Times(scaling));

    /// <inheritdoc/>
    protected override Tensor MergedWeight(Tensor weight) => weight.clone().PlusInPlace(_b.mm(_a * _e), scaling);
}
