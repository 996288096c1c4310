using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Adapters;

/// <summary>An adapter's tensors in memory, at the maps of one model.</summary>
internal sealed class LoadedAdapter : IDisposable
{
    private readonly PeftFolder _folder;
    private readonly List<AdapterLinear> _linears = [];
    private readonly List<(Parameter Place, Tensor Value)> _biases = [];
    private bool _isAttached;

    private LoadedAdapter(PeftFolder folder) => _folder = folder;

    /// <summary>What the adapter has at each map, in the order of the layers.</summary>
    internal IReadOnlyList<AdapterLinear> Linears => _linears;

    /// <summary>Reads the tensors, in float32 or, beside a model in it, in float64.</summary>
    /// <exception cref="InvalidDataException">The adapter is not one of this model, or is damaged.</exception>
    internal static LoadedAdapter Of(PeftFolder folder, Transformer model)
    {
        AdapterLayout layout = AdapterLayout.Of(folder, model.Config);
        LoadedAdapter loaded = new(folder);
        try
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable frozen = no_grad();
            loaded.Load(layout, model, Values(folder, model));
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>Puts all of it into the model's weights.</summary>
    internal void Merge()
    {
        SwapBiases();
        foreach (AdapterLinear linear in _linears)
        {
            if (!linear.Merge())
            {
                throw new InvalidDataException(
                    $"{_folder.WeightsPath}: merged into '{linear.Linear.Path}' it gives weights that are not finite numbers; take the adapter's own base model{_folder.BaseWords}, or a wider element type."
                );
            }
        }
    }

    /// <summary>Runs beside the weights until it is disposed.</summary>
    internal void Attach()
    {
        SwapBiases();
        foreach (AdapterLinear linear in _linears)
        {
            linear.Attach();
        }

        _isAttached = true;
    }

    public void Dispose()
    {
        if (_isAttached)
        {
            SwapBiases();
        }

        foreach (AdapterLinear linear in _linears)
        {
            linear.Dispose();
        }

        _linears.Clear();
        foreach ((_, Tensor value) in _biases)
        {
            value.Dispose();
        }

        _biases.Clear();
        _isAttached = false;
    }

    private static Dictionary<string, Tensor> Values(PeftFolder folder, Transformer model)
    {
        ScalarType dtype = model.Dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        Dictionary<string, Tensor> values = new(StringComparer.Ordinal);
        Safetensors.Read(
            folder.WeightsPath,
            (name, stored) =>
            {
                if (!stored.isfinite().all().item<bool>())
                {
                    throw new InvalidDataException(
                        $"{folder.WeightsPath}: tensor '{name}' holds values that are not finite numbers; most likely its training diverged."
                    );
                }

                Tensor value = stored.to(dtype).to(model.Device);
                values.Add(
                    name,
                    ReferenceEquals(value, stored) ? stored.MoveToOuterDisposeScope() : value.MoveToOuterDisposeScope()
                );
            }
        );
        return values;
    }

    private void Load(AdapterLayout layout, Transformer model, Dictionary<string, Tensor> values)
    {
        Dictionary<string, ModelLinear> maps = model.LinearModules.ToDictionary(linear => linear.Path);
        foreach (AdaptedModule module in layout.Modules)
        {
            _linears.Add(
                Linear(
                    module,
                    maps[module.Path],
                    part =>
                        layout.Tensors.TryGetValue((module.Name, part), out TensorEntry? entry)
                            ? values[entry.Name]
                            : null
                )
            );
        }

        Dictionary<string, Parameter> parameters = model
            .named_parameters()
            .ToDictionary(named => named.name, named => named.parameter);
        foreach ((string name, TensorEntry entry) in layout.Biases)
        {
            _biases.Add((parameters[name], values[entry.Name].to(model.Dtype).alias().DetachFromDisposeScope()));
        }
    }

    private AdapterLinear Linear(AdaptedModule module, ModelLinear map, Func<string, Tensor?> part)
    {
        if (_folder.Config.Method == AdapterMethod.Ia3)
        {
            return new Ia3Linear(map, part(AdapterShapes.Factors)!, module.ScalesInput);
        }

        (Tensor a, Tensor b) = (part(AdapterShapes.A)!, part(AdapterShapes.B)!);
        return _folder.Config.Method switch
        {
            AdapterMethod.AdaLora => AdaLora(module, map, a, b, part),
            AdapterMethod.Dora => new DoraLinear(map, a, b, module.Scale, part(AdapterShapes.Magnitude)!),
            _ => new LoraLinear(map, a, b, module.Scale),
        };
    }

    private AdaLoraLinear AdaLora(AdaptedModule module, ModelLinear map, Tensor a, Tensor b, Func<string, Tensor?> part)
    {
        Tensor e = part(AdapterShapes.E)!;
        if (!module.Kept.IsEmpty && a.size(0) == module.Kept.Length)
        {
            Tensor rows = tensor(
                module.Kept.Index().Where(row => row.Item).Select(row => (long)row.Index).ToArray(),
                device: a.device
            );
            (a, b, e) = (a.index_select(0, rows), b.index_select(1, rows), e.index_select(0, rows));
        }

        double scale = module.Scale;
        if (part(AdapterShapes.RankNumber) is { } stored)
        {
            double before = stored.to(ScalarType.Float64).cpu().item<double>();
            scale =
                before > 0
                    ? _folder.Config.Alpha / (before + 1e-5)
                    : throw new InvalidDataException(
                        $"{_folder.WeightsPath}: '{AdapterShapes.RankNumber}' of '{module.Name}' is not above 0, but updates are divided by it."
                    );
        }

        return new AdaLoraLinear(map, a, b, e, scale);
    }

    // What the model has goes where the adapter's were, so that a second time gives it back.
    private void SwapBiases()
    {
        using IDisposable frozen = no_grad();
        foreach ((Parameter place, Tensor value) in _biases)
        {
            using Tensor own = place.clone();
            place.copy_(value);
            value.copy_(own);
        }
    }
}
