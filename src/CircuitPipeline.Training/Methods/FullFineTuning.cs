using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Training.Methods;

/// <summary>Trains all weights of the model itself, without an adapter.</summary>
public sealed class FullFineTuning : IAdapterMethod
{
    /// <summary>The method's name in specs and reports.</summary>
    public const string Name = "full";

    string IAdapterMethod.Name => Name;

    /// <inheritdoc/>
    public string Summary => "All weights of the model.";

    /// <inheritdoc/>
    public TrainedAdapter Attach(Transformer model, AdapterSettings settings, Generator random) => Of(model);

    /// <summary>A model of which all weights are trained.</summary>
    /// <param name="model">The model, which is not freed with this.</param>
    public static TrainedAdapter Of(Transformer model) => new WholeModel(model);

    private sealed class WholeModel(Transformer model) : TrainedAdapter(model, [])
    {
        public override IEnumerable<(string Name, Parameter Value)> NamedParameters => Model.named_parameters();

        // A folder of the whole model.
        public override void Save(string folder, string baseModel, string? revision = null)
        {
            Directory.CreateDirectory(folder);
            Checkpoint.Save(
                Model,
                Path.Combine(folder, Checkpoint.WeightsFile),
                Path.Combine(folder, Checkpoint.ConfigFile)
            );
        }
    }
}
