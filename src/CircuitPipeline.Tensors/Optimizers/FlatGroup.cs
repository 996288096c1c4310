using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Tensors.Optimizers;

/// <summary>A group's parameters and all that an optimizer keeps of them, each as one flat tensor <c>[number]</c>.</summary>
/// <remarks>
/// Every parameter begins at a multiple of 64 bytes, where allocations begin too: matrix products give other last bits at other
/// alignments. What lies between stays 0.
/// </remarks>
internal sealed class FlatGroup : IDisposable
{
    private const int Alignment = 64 / sizeof(ushort);

    private readonly Tensor? _rounded; // the parameters' own buffer, where the weights are their masters

    internal FlatGroup(ParameterGroup group)
    {
        using IDisposable frozen = no_grad();
        Parameter first = group.Parameters[0];
        (WeightDecay, RateFactor) = (group.WeightDecay, group.RateFactor);
        HasMasters = first.dtype is ScalarType.BFloat16 or ScalarType.Float16;
        long length = group.Parameters.Sum(Padded);
        Tensor Flat(ScalarType type) => zeros(length, type, first.device).DetachFromDisposeScope();

        ScalarType computed = HasMasters ? ScalarType.Float32 : first.dtype;
        (Weights, Gradients, Mean, Square, Scratch) = (
            Flat(computed),
            Flat(computed),
            Flat(computed),
            Flat(computed),
            Flat(computed)
        );
        _rounded = HasMasters ? Flat(first.dtype) : null;
        Tensor home = _rounded ?? Weights;
        GradientViews = [.. Views(Gradients, group.Parameters).Select(view => view.DetachFromDisposeScope())];
        using DisposeScope scope = NewDisposeScope();
        foreach ((Parameter parameter, Tensor view) in group.Parameters.Zip(Views(home, group.Parameters)))
        {
            view.copy_(parameter);
            parameter.set_(view);
        }
        if (HasMasters)
        {
            Weights.copy_(home);
        }
    }

    internal double WeightDecay { get; }

    internal double RateFactor { get; }

    /// <summary>Whether the weights are float32 copies of parameters in half precision.</summary>
    internal bool HasMasters { get; }

    /// <summary>The numbers that steps change: the parameters' own, or their masters.</summary>
    internal Tensor Weights { get; }

    /// <summary>Gradients of the step.</summary>
    internal Tensor Gradients { get; }

    /// <summary>The parts of the gradients, by parameter and of its shape.</summary>
    internal Tensor[] GradientViews { get; }

    /// <summary>m: running mean of the gradients.</summary>
    internal Tensor Mean { get; }

    /// <summary>v: running mean of their squares.</summary>
    internal Tensor Square { get; }

    /// <summary>Room for a step's divisor.</summary>
    internal Tensor Scratch { get; }

    public void Dispose()
    {
        foreach (Tensor tensor in GradientViews.Concat([Weights, Gradients, Mean, Square, Scratch]))
        {
            tensor.Dispose();
        }

        _rounded?.Dispose();
    }

    /// <summary>Refuses parameters of several element types or devices.</summary>
    internal static void MustBeOfOneKind(IReadOnlyList<Parameter> parameters)
    {
        Parameter first = parameters[0];
        foreach (Parameter other in parameters)
        {
            if (other.dtype != first.dtype || other.device_type != first.device_type)
            {
                throw new ArgumentException(
                    $"A group has parameters of '{first.dtype}' on '{first.device}' and of '{other.dtype}' on '{other.device}', but must have one kind."
                );
            }
        }
    }

    /// <summary>Gives parameters in half precision what their masters have become.</summary>
    internal void RoundMasters() => _rounded?.copy_(Weights);

    private static long Padded(Parameter parameter) => (parameter.numel() + Alignment - 1) / Alignment * Alignment;

    private static IEnumerable<Tensor> Views(Tensor flat, IReadOnlyList<Parameter> parameters)
    {
        long place = 0;
        foreach (Parameter parameter in parameters)
        {
            using Tensor part = flat.narrow(0, place, parameter.numel());
            yield return View(part, parameter);
            place += Padded(parameter);
        }
    }

    // A matrix that lies column by column stays so.
    private static Tensor View(Tensor part, Parameter parameter)
    {
        if (parameter.Dimensions != 2 || parameter.is_contiguous() || parameter.stride(0) != 1)
        {
            return part.view(parameter.shape);
        }

        using Tensor columns = part.view(parameter.size(1), parameter.size(0));
        return columns.t();
    }
}
