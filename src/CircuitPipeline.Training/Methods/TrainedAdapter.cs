using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training.Adapters;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Methods;

/// <summary>What a method trains, attached to a model as long as it lives.</summary>
/// <remarks>
/// A method that only changes linear maps needs an <see cref="AdapterLinear"/> and this class as it is; what goes beyond, such as a term of the
/// loss, is one of the virtual members.
/// </remarks>
public class TrainedAdapter : IDisposable
{
    private readonly AdapterLinear[] _linears;

    /// <summary>Attaches changes of linear maps.</summary>
    /// <param name="model">The model.</param>
    /// <param name="linears">The changes, in the order of the layers; freed with this.</param>
    public TrainedAdapter(Transformer model, IEnumerable<AdapterLinear> linears)
        : this(model, linears, attaches: true) { }

    private protected TrainedAdapter(Transformer model, IEnumerable<AdapterLinear> linears, bool attaches)
    {
        (Model, _linears) = (model, [.. linears]);
        if (attaches)
        {
            Attach();
        }
    }

    /// <summary>The model that it is attached to.</summary>
    public Transformer Model { get; }

    /// <summary>The changes of linear maps, in the order of the layers.</summary>
    public IReadOnlyList<AdapterLinear> Linears => _linears;

    /// <summary>The trained parameters, in the order of the layers.</summary>
    public IEnumerable<Parameter> Parameters => NamedParameters.Select(named => named.Value);

    /// <summary>The trained parameters by the map's path and their name there.</summary>
    public virtual IEnumerable<(string Name, Parameter Value)> NamedParameters =>
        _linears.SelectMany(linear =>
            linear.Parameters.Select(part => ($"{linear.Linear.Path}.{part.Name}", part.Value))
        );

    /// <summary>How many numbers are trained, at their most.</summary>
    public long TrainedParameters => Parameters.Sum(parameter => parameter.numel());

    /// <summary>How many of them are kept now; fewer where a method prunes.</summary>
    public virtual long KeptParameters => TrainedParameters;

    /// <summary>Trained parameters in one layer.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public IEnumerable<Parameter> ParametersOf(int layer) =>
        _linears
            .Where(linear => linear.Linear.Layer == layer)
            .SelectMany(linear => linear.Parameters.Select(part => part.Value));

    /// <summary>The parameters as the optimizer takes them.</summary>
    /// <param name="weightDecay">AdamW's, where the method has one.</param>
    public virtual IReadOnlyList<ParameterGroup> Groups(double weightDecay) => [new([.. Parameters], weightDecay)];

    /// <summary>What each step adds to the loss, one number with gradient; null for nothing.</summary>
    public virtual Tensor? Penalty() => null;

    /// <summary>What is done after each step of the optimizer.</summary>
    /// <param name="step">Steps taken, from 1.</param>
    /// <param name="gradients">Of this step.</param>
    public virtual void AfterStep(int step, StepGradients gradients) { }

    /// <summary>Writes a folder that PEFT loads over the model as it was; of a method that PEFT does not know the weights alone.</summary>
    /// <param name="folder">It is made where it is missing.</param>
    /// <param name="baseModel">The name or path under which PEFT finds the model.</param>
    /// <param name="revision">The model's revision on the Hub; null for the latest one, and for a folder.</param>
    public virtual void Save(string folder, string baseModel, string? revision = null)
    {
        Directory.CreateDirectory(folder);
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Safetensors.Write(
            Path.Combine(folder, PeftFolder.WeightsFile),
            Stored().ToDictionary(part => AdapterTensorName.Prefix + part.Name, part => part.Value)
        );
        if (Config(baseModel, revision) is { } config)
        {
            File.WriteAllBytes(Path.Combine(folder, Circuits.Adapters.PeftAdapterConfig.FileName), config);
        }
    }

    /// <summary>What a later run needs to go on as if it had not stopped, bit for bit, beside the model as it was.</summary>
    /// <param name="copied">Whether the tensors are copies; else they change with the next step, and are to be written at once.</param>
    /// <returns>By name.</returns>
    public Dictionary<string, Tensor> State(bool copied = true)
    {
        using IDisposable frozen = no_grad();
        return Held().ToDictionary(part => part.Name, part => copied ? part.Value.clone() : part.Value);
    }

    /// <summary>Goes on from a state.</summary>
    /// <param name="state">What <see cref="State"/> gave of an adapter that was attached alike.</param>
    /// <exception cref="ArgumentException">It belongs to another adapter.</exception>
    public virtual void Restore(IReadOnlyDictionary<string, Tensor> state)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        (string Name, Tensor Value)[] held = [.. Held()];
        foreach ((string name, Tensor place) in held)
        {
            if (
                !state.TryGetValue(name, out Tensor? value)
                || value.dtype != place.dtype
                || !value.shape.AsSpan().SequenceEqual(place.shape)
            )
            {
                throw new ArgumentException(
                    $"The adapter's state lacks '{name}' of type '{place.dtype}' and shape [{string.Join(", ", place.shape)}]; it is of another run."
                );
            }
        }

        // Nothing is taken of a state that does not fit.
        foreach ((string name, Tensor place) in held)
        {
            place.copy_(state[name]);
        }
    }

    /// <summary>Detaches it from the model, whose function is its own again, and frees what was trained.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The file <c>adapter_config.json</c>; null where PEFT does not know the method.</summary>
    /// <param name="baseModel">The name or path under which PEFT finds the model.</param>
    /// <param name="revision">The model's revision on the Hub.</param>
    protected virtual byte[]? Config(string baseModel, string? revision) => null;

    /// <summary>The tensors of the saved file, by names behind PEFT's prefix.</summary>
    protected virtual IEnumerable<(string Name, Tensor Value)> Stored() =>
        NamedParameters.Select(part => (part.Name, (Tensor)part.Value));

    /// <summary>What <see cref="State"/> copies and <see cref="Restore"/> fills: the parameters, and what else the method keeps.</summary>
    protected virtual IEnumerable<(string Name, Tensor Value)> Held() =>
        NamedParameters.Select(part => (part.Name, (Tensor)part.Value));

    /// <summary>Detaches the linear maps and frees what is owned.</summary>
    /// <param name="disposing">True where it is asked for.</param>
    protected virtual void Dispose(bool disposing)
    {
        foreach (AdapterLinear linear in _linears)
        {
            linear.Dispose();
        }
    }

    /// <summary>Attaches it to the model again.</summary>
    private protected void Attach()
    {
        foreach (AdapterLinear linear in _linears)
        {
            linear.Attach();
        }
    }

    /// <summary>Detaches it from the model, whose function is its own again, and keeps what was trained.</summary>
    private protected void Detach()
    {
        foreach (AdapterLinear linear in _linears)
        {
            linear.Detach();
        }
    }
}
