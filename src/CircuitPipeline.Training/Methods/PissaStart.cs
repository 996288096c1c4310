using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Methods;

/// <summary>One map's weight as it was, and A and B at the start.</summary>
internal sealed class PissaStart : IDisposable
{
    private readonly Parameter _weight;
    private readonly Tensor _whole; // [out, in]

    private PissaStart(Parameter weight, Tensor whole, Tensor a, Tensor b)
    {
        _weight = weight;
        _whole = whole.DetachFromDisposeScope();
        (A, B) = (a.DetachFromDisposeScope(), b.DetachFromDisposeScope());
    }

    /// <summary>A₀ <c>[rank, in]</c>.</summary>
    internal Tensor A { get; }

    /// <summary>B₀ <c>[out, rank]</c>.</summary>
    internal Tensor B { get; }

    /// <summary>Puts the weight back and frees the rest.</summary>
    public void Dispose()
    {
        if (_whole.IsInvalid)
        {
            return;
        }

        using (no_grad())
        {
            _weight.copy_(_whole);
        }

        _whole.Dispose();
        A.Dispose();
        B.Dispose();
    }

    /// <summary>Takes the largest singular values out of a weight.</summary>
    /// <param name="linear">Its map.</param>
    /// <param name="rank">How many; all where the weight has fewer.</param>
    /// <param name="scaling">s.</param>
    internal static (PissaStart Start, LoraLinear Linear) Of(ModelLinear linear, int rank, double scaling)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Parameter weight = linear.Module.weight;
        Tensor wide = weight.Wide();
        long kept = Math.Min(rank, Math.Min(weight.size(0), weight.size(1)));
        (Tensor u, Tensor s, Tensor vh) = linalg.svd(wide, fullMatrices: false); // [out, n], [n], [n, in]
        // Not sqrt, which differs between processors.
        Tensor roots = s.narrow(0, 0, kept).DividedBy(scaling).AtLeast(1e-30).rsqrt().reciprocal(); // [rank]
        Tensor a = (roots.unsqueeze(1) * vh.narrow(0, 0, kept)).contiguous();
        Tensor b = (u.narrow(1, 0, kept) * roots).contiguous();
        PissaStart start = new(weight, ((Tensor)weight).clone(), a, b);
        LoraLinear update = new(linear, a.clone(), b.clone(), scaling);
        start.TakeOut(scaling);
        return (start, update);
    }

    // W - s B₀ A₀; a model of 16 bits rounds it once.
    internal void TakeOut(double scaling)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        _weight.copy_(_whole.Wide().clone().PlusInPlace(B.Wide().mm(A.Wide()), -scaling));
    }
}
