using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Tensors.Optimizers;

/// <summary>Parameters that an optimizer treats alike.</summary>
/// <param name="Parameters">At least one, all of one element type and on one device.</param>
/// <param name="WeightDecay">AdamW's decoupled weight decay λ.</param>
public sealed record ParameterGroup(IReadOnlyList<Parameter> Parameters, double WeightDecay)
{
    /// <summary>The group's learning rate over that of a step.</summary>
    /// <value>The default is 1.</value>
    public double RateFactor { get; init; } = 1;
}

/// <summary>AdamW over one flat buffer per group, so that a step costs ten calls and not ten for every parameter.</summary>
/// <remarks>
/// Loshchilov and Hutter 2019 (arXiv:1711.05101), algorithm 2, as PyTorch's <c>torch.optim.AdamW</c> computes it; step t from 1:
/// <code>
/// θ ← θ (1 - lr λ)
/// m ← β₁ m + (1 - β₁) g,   v ← β₂ v + (1 - β₂) g²
/// θ ← θ - lr / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε)
/// </code>
/// The parameters become views of the buffer for good. Parameters in half precision stay in it, and the buffer holds float32
/// master weights, from which they are rounded after every step.
/// </remarks>
public sealed class AdamW : IDisposable
{
    private const string StepsName = "steps";
    private readonly FlatGroup[] _groups;
    private readonly (double First, double Second) _betas;
    private readonly double _epsilon;
    private readonly long[][] _shapes; // of the parameters, each of which costs a native call to ask
    private long _steps;

    /// <summary>Takes over the parameters.</summary>
    /// <param name="groups">At least one; no parameter twice.</param>
    /// <param name="betas">Decay rates of the running means of gradient and squared gradient.</param>
    /// <param name="epsilon">ε, which keeps the divisor from 0.</param>
    /// <exception cref="ArgumentException">A group is empty or mixed, or a parameter comes twice.</exception>
    public AdamW(IEnumerable<ParameterGroup> groups, (double First, double Second) betas, double epsilon = 1e-8)
    {
        (_betas, _epsilon) = (betas, epsilon);
        ParameterGroup[] given = [.. groups];
        Parameter[] all = [.. given.SelectMany(group => group.Parameters)];
        if (given.Length == 0 || Array.Exists(given, group => group.Parameters.Count == 0))
        {
            throw new ArgumentException("A group has no parameters, but at least one is needed.");
        }

        if (all.Distinct(ReferenceEqualityComparer.Instance).Count() != all.Length)
        {
            throw new ArgumentException("A parameter comes twice, but it can take one step at a time.");
        }

        foreach (ParameterGroup group in given)
        {
            FlatGroup.MustBeOfOneKind(group.Parameters);
        }

        _groups = [.. given.Select(group => new FlatGroup(group))];
        _shapes = [.. all.Select(parameter => ((Tensor)parameter).shape)];
    }

    /// <summary>Steps taken.</summary>
    public long Steps => _steps;

    /// <summary>Takes the gradients of the next step.</summary>
    /// <param name="gradients">In the order of the groups' parameters, of their shapes.</param>
    /// <returns>Their common norm √(Σ g²).</returns>
    /// <exception cref="ArgumentException">Their number or a shape is another.</exception>
    public double SetGradients(IReadOnlyList<Tensor> gradients)
    {
        if (gradients.Count != _shapes.Length)
        {
            throw new ArgumentException(
                $"There are {gradients.Count} gradients, but the optimizer has {_shapes.Length} parameters."
            );
        }

        foreach ((int index, long[] shape) in _shapes.Index())
        {
            if (!gradients[index].shape.AsSpan().SequenceEqual(shape))
            {
                throw new ArgumentException(
                    $"Gradient {index + 1} has shape {gradients[index].ShapeText}, but its parameter has [{string.Join(", ", shape)}]."
                );
            }
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        int next = 0;
        double squares = 0;
        foreach (FlatGroup group in _groups)
        {
            foreach (Tensor place in group.GradientViews)
            {
                place.copy_(gradients[next++]);
            }

            squares += group.Gradients.dot(group.Gradients).to(ScalarType.Float64).cpu().item<double>();
        }

        return Math.Sqrt(squares);
    }

    /// <summary>Multiplies the gradients that were set.</summary>
    /// <param name="factor">By this.</param>
    public void ScaleGradients(double factor)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        foreach (FlatGroup group in _groups)
        {
            group.Gradients.TimesInPlace(factor);
        }
    }

    /// <summary>Changes the parameters by the gradients that were set.</summary>
    /// <param name="learningRate">lr of this step, which a group's factor changes.</param>
    public void Step(double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        _steps++;
        double firstCorrection = 1 - Math.Pow(_betas.First, _steps);
        double secondCorrection = Math.Sqrt(1 - Math.Pow(_betas.Second, _steps));
        foreach (FlatGroup group in _groups)
        {
            Tensor gradients = group.Gradients;
            double rate = learningRate * group.RateFactor;
            if (group.WeightDecay != 0)
            {
                group.Weights.TimesInPlace(1 - rate * group.WeightDecay);
            }

            group.Mean.TimesInPlace(_betas.First).PlusInPlace(gradients, 1 - _betas.First);
            group.Square.TimesInPlace(_betas.Second).PlusProductInPlace(gradients, gradients, 1 - _betas.Second);
            // Not sqrt: MKL's is no correctly rounded one and differs between processors; 1/sqrt and 1/x are libtorch's own.
            Tensor divisor = group.Scratch.copy_(group.Square).rsqrt_().reciprocal_();
            divisor.DivideInPlace(secondCorrection).PlusInPlace(_epsilon);
            group.Weights.PlusQuotientInPlace(group.Mean, divisor, -rate / firstCorrection);
            group.RoundMasters();
        }
    }

    /// <summary>What a later run needs beside the parameters to go on as if it had not stopped, bit for bit.</summary>
    /// <param name="copied">Whether the tensors are copies; else they change with the next step, and are to be written at once.</param>
    /// <returns>By name: steps, running means, and master weights where they are not the parameters themselves.</returns>
    public Dictionary<string, Tensor> State(bool copied = true)
    {
        using IDisposable frozen = no_grad();
        Dictionary<string, Tensor> state = new() { [StepsName] = tensor([_steps], device: CPU) };
        foreach ((string name, Tensor held) in Held())
        {
            state[name] = copied ? held.clone() : held;
        }

        return state;
    }

    /// <summary>Goes on from a state.</summary>
    /// <param name="state">What <see cref="State"/> gave for the same groups; the parameters are restored by others.</param>
    /// <exception cref="ArgumentException">It belongs to other groups.</exception>
    public void Restore(IReadOnlyDictionary<string, Tensor> state)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Dictionary<string, Tensor> held = Held();
        foreach ((string name, Tensor place) in held.Append(new(StepsName, tensor([0L], device: CPU))))
        {
            if (!state.TryGetValue(name, out Tensor? value) || value.dtype != place.dtype)
            {
                throw new ArgumentException(
                    $"The optimizer's state lacks '{name}' of type '{place.dtype}'; it is of another run."
                );
            }

            value.MustHaveShape($"the state's '{name}'", ("number", place.size(0)));
        }
        if (state.Keys.FirstOrDefault(name => name != StepsName && !held.ContainsKey(name)) is { } unknown)
        {
            throw new ArgumentException(
                $"The optimizer's state has '{unknown}', which has no place here; it is of another run."
            );
        }
        // Nothing is taken of a state that does not fit.
        foreach ((string name, Tensor place) in held)
        {
            place.copy_(state[name]);
        }

        _steps = state[StepsName].cpu().item<long>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FlatGroup group in _groups)
        {
            group.Dispose();
        }
    }

    private Dictionary<string, Tensor> Held()
    {
        Dictionary<string, Tensor> held = [];
        foreach ((int index, FlatGroup group) in _groups.Index())
        {
            held[$"group.{index}.exp_avg"] = group.Mean;
            held[$"group.{index}.exp_avg_sq"] = group.Square;
            if (group.HasMasters)
            {
                held[$"group.{index}.master"] = group.Weights;
            }
        }

        return held;
    }
}
