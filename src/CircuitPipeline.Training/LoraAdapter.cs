using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Tensors.Calls;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training;

/// <summary>Low-rank updates attached to a model's linear maps, as long as it lives.</summary>
public sealed class LoraAdapter : IDisposable
{
    /// <summary>The adapter's weights in a PEFT folder.</summary>
    public const string WeightsFile = "adapter_model.safetensors";

    private readonly LoraLinear[] _linears;

    private LoraAdapter(LoraLinear[] linears) => _linears = linears;

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
    ) =>
        new([
            .. model
                .LinearModules.Where(linear => rankOf(linear) > 0)
                .Select(linear => new LoraLinear(linear, rankOf(linear), alphaOverRank, random)),
        ]);

    /// <summary>Writes A and B under the names that PEFT gives them.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) =>
        Safetensors.Write(
            path,
            _linears
                .SelectMany(linear =>
                    ((string Key, Tensor Value)[])
                        [(KeyOf(linear.Linear, "A"), linear.A), (KeyOf(linear.Linear, "B"), linear.B)]
                )
                .ToDictionary(pair => pair.Key, pair => pair.Value)
        );

    /// <summary>Adds saved updates to a model's own weights: W + s B A; afterwards it is a model like any other.</summary>
    /// <param name="model">The model whose weights are changed.</param>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="alphaOverRank">The factor it was trained with.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or is of another model.</exception>
    public static void Merge(Transformer model, string path, double alphaOverRank)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Dictionary<string, Tensor> saved = [];
        Safetensors.Read(path, (name, tensor) => saved.Add(name, tensor.MoveToOuterDisposeScope()));
        foreach (ModelLinear linear in model.LinearModules)
        {
            Tensor weight = linear.Module.weight;
            if (!saved.Remove(KeyOf(linear, "A"), out Tensor? a) || !saved.Remove(KeyOf(linear, "B"), out Tensor? b))
            {
                continue;
            }

            if (
                a.dim() != 2
                || b.dim() != 2
                || b.size(0) != weight.size(0)
                || a.size(1) != weight.size(1)
                || a.size(0) != b.size(1)
            )
            {
                throw new InvalidDataException(
                    $"{path}: the update of '{linear.Path}' has shapes {b.ShapeText} and {a.ShapeText}, "
                        + $"which do not fit the weight {weight.ShapeText}."
                );
            }

            weight.PlusInPlace(b.to(weight).mm(a.to(weight)), alphaOverRank);
        }

        if (saved.Keys.Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new InvalidDataException($"{path}: tensor '{unknown}' has no place in this model.");
        }
    }

    /// <summary>Detaches the updates from the model, whose function is its own again.</summary>
    public void Dispose()
    {
        foreach (LoraLinear linear in _linears)
        {
            linear.Dispose();
        }
    }

    private static string KeyOf(ModelLinear linear, string matrix) =>
        $"base_model.model.{linear.Path}.lora_{matrix}.weight";
}
