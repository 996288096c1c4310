using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Tensors.Loading;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>
/// A model's folder in the Hugging Face layout: <c>config.json</c> and <c>model.safetensors</c>, or several such files with
/// a <c>model.safetensors.index.json</c> that lists them.
/// </summary>
public static class Checkpoint
{
    /// <summary>The weights' file name.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>The shape's file name.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>Reads a model; memory holds the model and, where stored values are converted, 64 MiB of them at a time.</summary>
    /// <param name="folder">The folder that holds the files.</param>
    /// <param name="dtype">The element type to compute in; stored values are converted.</param>
    /// <param name="device">Where the weights go.</param>
    /// <param name="options">What may be there beside what is known; by default nothing.</param>
    /// <exception cref="InvalidDataException">The configuration cannot be read, or its family cannot be built.</exception>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown, of another shape, or a file is damaged.</exception>
    /// <exception cref="NotSupportedException">This libtorch cannot compute in that type on that device.</exception>
    public static Transformer Load(string folder, ScalarType dtype, Device device, CheckpointOptions? options = null) =>
        Load(CheckpointFiles.Of(folder), Path.Combine(folder, ConfigFile), dtype, device, options);

    /// <summary>Reads a model whose two files lie in different places.</summary>
    /// <param name="path">The weights.</param>
    /// <param name="configPath">The shape.</param>
    /// <param name="dtype">The element type to compute in; stored values are converted.</param>
    /// <param name="device">Where the weights go.</param>
    /// <param name="options">What may be there beside what is known; by default nothing.</param>
    /// <exception cref="InvalidDataException">The configuration cannot be read, or its family cannot be built.</exception>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown, of another shape, or the file is damaged.</exception>
    /// <exception cref="NotSupportedException">This libtorch cannot compute in that type on that device.</exception>
    public static Transformer Load(
        string path,
        string configPath,
        ScalarType dtype,
        Device device,
        CheckpointOptions? options = null
    ) => Load([path], configPath, dtype, device, options);

    /// <summary>Writes a model; the same weights give the same bytes.</summary>
    /// <param name="model">The model, of any device.</param>
    /// <param name="weightsPath">Where the weights go.</param>
    /// <param name="configPath">Where the shape goes.</param>
    public static void Save(Transformer model, string weightsPath, string configPath)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        HashSet<string> turned = CheckpointNames.Turned(model);
        Safetensors.Write(
            weightsPath,
            model
                .state_dict()
                .ToDictionary(pair => pair.Key, pair => turned.Contains(pair.Key) ? pair.Value.t() : pair.Value)
        );
        File.WriteAllBytes(configPath, HuggingFaceConfig.Write(model.Config));
    }

    private static Transformer Load(
        IReadOnlyList<string> paths,
        string configPath,
        ScalarType dtype,
        Device device,
        CheckpointOptions? options
    )
    {
        options ??= CheckpointOptions.Strict;
        LibTorchLoader.Load();
        TransformerConfig config = HuggingFaceConfig.Read(configPath, options.IgnoredKeys);
        ComputeTypes.MustCompute(dtype, device);
        // Damaged files and other tensors are found before a model is made room for.
        CheckpointPlaces places = new(config, options, paths);
        if (places.Problems().FirstOrDefault() is { } problem)
        {
            throw new InvalidDataException(problem);
        }

        Transformer model = new(config, dtype, device);
        try
        {
            new WeightFiller(model, places).Fill();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
