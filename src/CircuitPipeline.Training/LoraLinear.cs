using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training;

/// <summary>A low-rank update beside one linear map: y = W x + b + s B A x, of which only A and B are trained.</summary>
/// <remarks>
/// Hu et al. 2021 (arXiv:2106.09685), eq. 3, with s = alpha / rank. A <c>[rank, in]</c> is drawn uniform in ±1/√in, as PEFT
/// draws it, and B <c>[out, rank]</c> starts at 0, so that an untrained adapter changes nothing.
/// </remarks>
internal sealed class LoraLinear : IDisposable
{
    private readonly double _scaling;
    private readonly Action _detach;

    internal LoraLinear(ModelLinear linear, int rank, double scaling, Generator random)
    {
        (Linear, _scaling) = (linear, scaling);
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = linear.Module.weight;
        double bound = 1 / Math.Sqrt(linear.Module.InFeatures);
        // Drawn on the processor, so that a seed gives the same numbers wherever the model is.
        Tensor a = empty(rank, linear.Module.InFeatures, weight.dtype, CPU).uniform_(-bound, bound, random);
        A = nn.Parameter(a.to(weight.device));
        B = nn.Parameter(zeros(linear.Module.OutFeatures, rank, weight.dtype, weight.device));
        A.DetachFromDisposeScope();
        B.DetachFromDisposeScope();
        nn.HookableModule<
            Func<nn.Module<Tensor, Tensor>, Tensor, Tensor>,
            Func<nn.Module<Tensor, Tensor>, Tensor, Tensor, Tensor>
        >.HookRemover hook = linear.Module.register_forward_hook((_, input, output) => output.Plus(Update(input)));
        _detach = hook.remove;
    }

    internal ModelLinear Linear { get; }

    internal Parameter A { get; }

    internal Parameter B { get; }

    public void Dispose()
    {
        _detach();
        A.Dispose();
        B.Dispose();
    }

    // input [batch, pos, in] -> [batch, pos, out]
    private Tensor Update(Tensor input) => nn.functional.linear(nn.functional.linear(input, A), B).Times(_scaling);
}
