using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Training.Adapters;
using CircuitPipeline.Training.Methods;
using static TorchSharp.torch;

namespace CircuitPipeline.Training;

/// <summary>Low-rank updates attached to a model's linear maps, as long as it lives: LoRA, rsLoRA or DoRA.</summary>
public sealed class LoraAdapter : TrainedAdapter
{
    private readonly LoraForm _form;

    internal LoraAdapter(Transformer model, IEnumerable<LoraLinear> linears, LoraForm form, bool attaches = true)
        : base(model, linears, attaches) => _form = form;

    /// <summary>Number of trained parameters: for LoRA the sum of rank x (in + out).</summary>
    public long ParameterCount => TrainedParameters;

    /// <summary>The updates, in the order of the layers.</summary>
    internal IEnumerable<LoraLinear> Updates => Linears.Cast<LoraLinear>();

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
    ) => Fresh(model, rankOf, alphaOverRank, random, attaches: true);

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
    ) => Fresh(model, rankOf, alphaOverRank, random, attaches: false);

    /// <summary>Attaches an adapter that was made detached for a while.</summary>
    /// <returns>Detaches it; what was trained stays.</returns>
    public IDisposable Attached()
    {
        Attach();
        return new Attachment(this);
    }

    /// <summary>Writes the parameters alone, under the names that PEFT gives them.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) =>
        Safetensors.Write(
            path,
            Stored().ToDictionary(part => AdapterTensorName.Prefix + part.Name, part => part.Value)
        );

    /// <summary>The updates at every map that has a rank, in the order of the layers.</summary>
    internal static IEnumerable<LoraLinear> At(
        Transformer model,
        Func<ModelLinear, int> rankOf,
        Func<ModelLinear, int, LoraLinear> fresh
    ) => model.LinearModules.Where(linear => rankOf(linear) > 0).Select(linear => fresh(linear, rankOf(linear)));

    /// <inheritdoc/>
    protected override byte[] Config(string baseModel, string? revision) =>
        _form.Config(Model, (baseModel, revision), [.. Linears.Select(linear => (linear.Linear, Rank(linear)))]);

    private static LoraAdapter Fresh(
        Transformer model,
        Func<ModelLinear, int> rankOf,
        double alphaOverRank,
        Generator random,
        bool attaches
    ) =>
        new(
            model,
            At(model, rankOf, (linear, rank) => LoraLinear.Fresh(linear, rank, alphaOverRank, random)),
            new LoraForm(alphaOverRank),
            attaches
        );

    private static int Rank(AdapterLinear linear) => (int)((LoraLinear)linear).A.size(0);

    private sealed class Attachment(LoraAdapter adapter) : IDisposable
    {
        public void Dispose() => adapter.Detach();
    }
}
