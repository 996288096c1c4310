using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Training.Adapters;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training;

/// <summary>Low-rank updates attached to a model's linear maps, as long as it lives.</summary>
public sealed class LoraAdapter : IDisposable
{
    private readonly LoraLinear[] _linears;

    private LoraAdapter(LoraLinear[] linears) => _linears = linears;

    internal IReadOnlyList<LoraLinear> Linears => _linears;

    /// <summary>A and B of every update, in the order of the layers.</summary>
    public IEnumerable<Parameter> Parameters => _linears.SelectMany(linear => (Parameter[])[linear.A, linear.B]);

    /// <summary>Number of trained parameters: the sum of rank x (in + out).</summary>
    public long ParameterCount => Parameters.Sum(parameter => parameter.numel());

    /// <summary>Attaches fresh updates, which change nothing until they are trained.</summary>
    /// <param name="model">The model; its own weights stay as they are.</param>
    /// <param name="rankOf">The rank at each linear map; none at 0.</param>
    /// <param name="alphaOverRank">The update's factor, alpha / rank, the same everywhere.</param>
    /// <param name="random">Where A comes from.</param>
    public static LoraAdapter Attach(
        Transformer model,
        Func<ModelLinear, int> rankOf,
        double alphaOverRank,
        Generator random
    ) => Attached(Detached(model, rankOf, alphaOverRank, random));

    /// <summary>The same updates, which the model does not compute: <see cref="StackedTrainer"/> trains several of them at once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rankOf">The rank at each linear map; none at 0.</param>
    /// <param name="alphaOverRank">The update's factor, alpha / rank, the same everywhere.</param>
    /// <param name="random">Where A comes from.</param>
    public static LoraAdapter Detached(
        Transformer model,
        Func<ModelLinear, int> rankOf,
        double alphaOverRank,
        Generator random
    ) =>
        new([
            .. model
                .LinearModules.Where(linear => rankOf(linear) > 0)
                .Select(linear => LoraLinear.Fresh(linear, rankOf(linear), alphaOverRank, random)),
        ]);

    /// <summary>A and B of the updates in one layer.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public IEnumerable<Parameter> ParametersOf(int layer) =>
        _linears.Where(linear => linear.Linear.Layer == layer).SelectMany(linear => (Parameter[])[linear.A, linear.B]);

    /// <summary>Writes A and B under the names that PEFT gives them.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) =>
        Safetensors.Write(
            path,
            _linears
                .SelectMany(linear =>
                    linear.Parameters.Select(part =>
                        (Key: $"base_model.model.{linear.Linear.Path}.{part.Name}", Value: (Tensor)part.Value)
                    )
                )
                .ToDictionary(pair => pair.Key, pair => pair.Value)
        );

    /// <summary>Detaches the updates from the model, whose function is its own again.</summary>
    public void Dispose()
    {
        foreach (LoraLinear linear in _linears)
        {
            linear.Dispose();
        }
    }

    private static LoraAdapter Attached(LoraAdapter adapter)
    {
        foreach (LoraLinear linear in adapter._linears)
        {
            linear.Attach();
        }

        return adapter;
    }
}
