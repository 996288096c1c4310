using CircuitPipeline.Models;
using CircuitPipeline.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Adapters;

/// <summary>What an adapter has at one linear map: parameters, the function beside the weight, and the merged weight.</summary>
/// <remarks>
/// A method is one class: it says what its parameters are called in a file, what it does to what the map reads or writes, and
/// which weight would do the same. It computes in its parameters' type, which is float32 or wider, whatever the model's is.
/// </remarks>
/// <param name="linear">The map that is changed.</param>
public abstract class AdapterLinear(ModelLinear linear) : IDisposable
{
    private readonly List<Action> _detach = [];

    /// <summary>The map that is changed.</summary>
    public ModelLinear Linear => linear;

    /// <summary>The parameters and their names in a file, behind the map's, in the order in which they are trained.</summary>
    public abstract IReadOnlyList<(string Name, Parameter Value)> Parameters { get; }

    /// <summary>The update that the map itself can compute, where the method is no more than that; null otherwise.</summary>
    protected virtual LowRankUpdate? Direct => null;

    /// <summary>Runs beside the weight until it is detached or disposed.</summary>
    public void Attach()
    {
        if (Direct is { } update && linear.Module.Update is null)
        {
            linear.Module.Update = update;
            _detach.Add(() => linear.Module.Update = null);
            return;
        }

        _detach.Add(linear.Module.register_forward_pre_hook((_, input) => In(input, Read)).remove);
        _detach.Add(
            linear
                .Module.register_forward_hook((_, input, output) => In(output, own => Write(As(own.dtype, input), own)))
                .remove
        );
    }

    /// <summary>Leaves the map as it is alone; the parameters stay.</summary>
    public void Detach()
    {
        foreach (Action detach in _detach)
        {
            detach();
        }

        _detach.Clear();
    }

    /// <summary>Puts the adapter into the map's own weight and bias, rounded once to their type.</summary>
    /// <returns>Whether all of them are finite.</returns>
    public bool Merge()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        bool isFinite = Put(linear.Module.weight, MergedWeight);
        return (linear.Module.bias is not { } bias || Put(bias, MergedBias)) && isFinite;
    }

    /// <summary>Detaches it from the map, whose function is its own again, and frees the parameters.</summary>
    public void Dispose()
    {
        Detach();
        foreach ((_, Parameter value) in Parameters)
        {
            value.Dispose();
        }
    }

    /// <summary>What the map reads instead of its input, both <c>[…, in]</c>.</summary>
    /// <param name="input">In the type of the parameters.</param>
    protected virtual Tensor Read(Tensor input) => input;

    /// <summary>What comes out instead of the map's own output, both <c>[…, out]</c>, of its input <c>[…, in]</c>.</summary>
    /// <param name="input">As the map read it.</param>
    /// <param name="output">In the type of the parameters.</param>
    protected virtual Tensor Write(Tensor input, Tensor output) => output;

    /// <summary>The weight that does the same alone, of the map's own, both <c>[out, in]</c>; a new tensor.</summary>
    /// <param name="weight">The map's, in the type of the parameters.</param>
    protected abstract Tensor MergedWeight(Tensor weight);

    /// <summary>The bias that goes with it, of the map's own, both <c>[out]</c>.</summary>
    /// <param name="bias">The map's, in the type of the parameters.</param>
    protected virtual Tensor MergedBias(Tensor bias) => bias;

    /// <summary>A trained parameter that lives as long as this does, whatever scope it is made in.</summary>
    /// <param name="value">What it starts at; it becomes the parameter.</param>
    protected static Parameter Owned(Tensor value)
    {
        Parameter parameter = nn.Parameter(value);
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    /// <summary>The type that parameters of a fresh adapter have: float32 beside a model of 16 bits, whose steps would round most changes away; else the model's.</summary>
    /// <param name="linear">The map that is changed.</param>
    private protected static ScalarType TypeBeside(ModelLinear linear) =>
        linear.Module.weight.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    private static Tensor As(ScalarType type, Tensor tensor) => tensor.dtype == type ? tensor : tensor.to(type);

    // In the type of the parameters, and back.
    private Tensor In(Tensor tensor, Func<Tensor, Tensor> change) =>
        As(tensor.dtype, change(As(Parameters[0].Value.dtype, tensor)));

    private bool Put(Parameter place, Func<Tensor, Tensor> merged)
    {
        Tensor own = As(Parameters[0].Value.dtype, place);
        Tensor other = merged(own);
        if (ReferenceEquals(own, other))
        {
            return true;
        }

        place.copy_(other);
        return place.isfinite().all().item<bool>();
    }
}
