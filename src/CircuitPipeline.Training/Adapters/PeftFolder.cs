using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;

namespace CircuitPipeline.Training.Adapters;

/// <summary>An adapter's folder as Hugging Face's PEFT writes it: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</summary>
/// <remarks>
/// Opening it reads the configuration and the table of the weights, and needs no engine. The folder of CircuitLoRA's authors is
/// read too; <see cref="CircuitLoraFolder"/> makes one of PEFT's of it.
/// </remarks>
public sealed class PeftFolder
{
    /// <summary>The weights' file name.</summary>
    public const string WeightsFile = "adapter_model.safetensors";

    private const string PickledFile = "adapter_model.bin";

    private PeftFolder(PeftAdapterConfig config, string weightsPath, IReadOnlyList<TensorEntry> entries) =>
        (Config, WeightsPath, Entries) = (config, weightsPath, entries);

    /// <summary>The method, the base model, and which of its modules are changed and how.</summary>
    public PeftAdapterConfig Config { get; }

    /// <summary>Where the weights are.</summary>
    public string WeightsPath { get; }

    /// <summary>The adapter's tensors by name, type and shape, in the order of the file.</summary>
    public IReadOnlyList<TensorEntry> Entries { get; }

    /// <summary>How many numbers the tensors have together.</summary>
    public long ParameterCount => Entries.Sum(entry => entry.Shape.Aggregate(1L, (product, size) => product * size));

    internal string BaseWords => Config.BaseModel is { } name ? $", which is '{MessageText.OneLine(name)}'" : "";

    /// <summary>Whether a folder is an adapter's: it holds its configuration or its weights.</summary>
    /// <param name="folder">The folder.</param>
    public static bool Is(string folder) =>
        ((string[])[PeftAdapterConfig.FileName, WeightsFile, PickledFile]).Any(file =>
            File.Exists(Path.Combine(folder, file))
        );

    /// <summary>Opens an adapter's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or asks for what is not built.</exception>
    public static PeftFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException(
                File.Exists(folder)
                    ? $"{folder}: this is a file, but an adapter is a folder; name its folder."
                    : $"{folder}: there is no such folder; name one with an '{PeftAdapterConfig.FileName}'."
            );
        }

        string weights = Path.Combine(folder, WeightsFile);
        if (!File.Exists(weights) && File.Exists(Path.Combine(folder, PickledFile)))
        {
            throw new InvalidDataException(
                $"{folder}: the weights are in '{PickledFile}', but only safetensors files are read; convert them, as with 'python -c \"import torch, safetensors.torch; safetensors.torch.save_file(torch.load('{PickledFile}', map_location='cpu', weights_only=True), '{WeightsFile}')\"' in this folder."
            );
        }

        return Open(Path.Combine(folder, PeftAdapterConfig.FileName), weights);
    }

    /// <summary>Opens an adapter whose two files lie in different places.</summary>
    /// <param name="configPath">Its <c>adapter_config.json</c>.</param>
    /// <param name="weightsPath">Its weights.</param>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or asks for what is not built.</exception>
    public static PeftFolder Open(string configPath, string weightsPath)
    {
        PeftAdapterConfig config = PeftAdapterConfig.Read(configPath);
        return File.Exists(weightsPath)
            ? new PeftFolder(config, weightsPath, Safetensors.Entries(weightsPath))
            : throw new InvalidDataException(
                $"{weightsPath}: there is no such file; an adapter's folder holds an '{WeightsFile}'."
            );
    }

    /// <summary>The linear maps of a base model that are changed; all tensors are held against them, by names and shapes.</summary>
    /// <param name="shape">The base model.</param>
    /// <exception cref="InvalidDataException">The adapter is not one of this model; the message names a tensor.</exception>
    public IReadOnlyList<AdaptedModule> ModulesOf(TransformerConfig shape) => AdapterLayout.Of(this, shape).Modules;

    /// <summary>A sentence where the adapter leaves its base model as it is: a LoRA or AdaLoRA that was never trained; null otherwise. Needs no engine.</summary>
    /// <remarks>A factor of each module's update is 0 everywhere, as PEFT starts with B, or with AdaLoRA's E; other methods start from the base model's own weights.</remarks>
    /// <exception cref="InvalidDataException">The weights are damaged.</exception>
    public string? UpdateWarning()
    {
        if (Config.Method is not (AdapterMethod.Lora or AdapterMethod.AdaLora) || Config.Bias != AdapterBias.None)
        {
            return null;
        }

        IReadOnlySet<string> zeros = Safetensors.ZeroTensors(WeightsPath);
        bool changesNothing = Entries
            .GroupBy(entry => AdapterTensorName.Of(entry.Name)?.Module)
            .All(module => module.Any(entry => zeros.Contains(entry.Name)));
        return changesNothing
            ? $"the adapter '{MessageText.OneLine(WeightsPath)}' changes nothing: in each of its modules a factor of the update is 0 everywhere, as it is before training."
            : null;
    }

    /// <summary>Puts the adapter into a model's own weights, computed in float32 or wider and rounded once.</summary>
    /// <param name="model">The base model, which is a model like any other afterwards; throw it away when this fails.</param>
    /// <exception cref="InvalidDataException">The adapter is not one of this model, is damaged, or gives weights that are not finite.</exception>
    public void MergeInto(Transformer model)
    {
        using LoadedAdapter loaded = LoadedAdapter.Of(this, model);
        loaded.Merge();
    }

    /// <summary>Runs the adapter beside a model's weights, until what is returned is disposed.</summary>
    /// <param name="model">The base model. Its maps stay as they are; biases that the adapter holds are put in their places meanwhile.</param>
    /// <exception cref="InvalidDataException">The adapter is not one of this model, or is damaged.</exception>
    public AttachedAdapter AttachTo(Transformer model)
    {
        LoadedAdapter loaded = LoadedAdapter.Of(this, model);
        loaded.Attach();
        return new AttachedAdapter(loaded);
    }
}

/// <summary>An adapter that runs beside a model's weights; disposed, it leaves the model as it was.</summary>
public sealed class AttachedAdapter : IDisposable
{
    private readonly LoadedAdapter _loaded;

    internal AttachedAdapter(LoadedAdapter loaded) => _loaded = loaded;

    /// <summary>The adapter's parameters, in the order of the layers.</summary>
    public IEnumerable<TorchSharp.Modules.Parameter> Parameters =>
        _loaded.Linears.SelectMany(linear => linear.Parameters.Select(parameter => parameter.Value));

    /// <inheritdoc/>
    public void Dispose() => _loaded.Dispose();
}
