using CircuitPipeline.Circuits;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>A model's folder in the Hugging Face layout: <c>config.json</c> and <c>model.safetensors</c>.</summary>
public static class Checkpoint
{
    /// <summary>The weights' file name.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>The shape's file name.</summary>
    public const string ConfigFile = "config.json";

    // Buffers that older Hugging Face versions saved beside the weights; they follow from the configuration.
    private static readonly string[] DerivedSuffixes =
    [
        ".attention.bias",
        ".attention.masked_bias",
        ".attention.rotary_emb.inv_freq",
    ];

    /// <summary>Reads a model.</summary>
    /// <param name="folder">The folder that holds both files.</param>
    /// <param name="dtype">The element type to compute in; stored values are converted.</param>
    /// <param name="device">Where the weights go.</param>
    /// <exception cref="InvalidConfigException">The configuration cannot be read, or its family cannot be built.</exception>
    /// <exception cref="InvalidCheckpointException">A tensor is missing, unknown, of another shape, or the file is damaged.</exception>
    public static Transformer Load(string folder, ScalarType dtype, Device device) =>
        Load(Path.Combine(folder, WeightsFile), Path.Combine(folder, ConfigFile), dtype, device);

    /// <summary>Reads a model whose two files lie in different places.</summary>
    /// <param name="path">The weights.</param>
    /// <param name="configPath">The shape.</param>
    /// <param name="dtype">The element type to compute in; stored values are converted.</param>
    /// <param name="device">Where the weights go.</param>
    /// <exception cref="InvalidConfigException">The configuration cannot be read, or its family cannot be built.</exception>
    /// <exception cref="InvalidCheckpointException">A tensor is missing, unknown, of another shape, or the file is damaged.</exception>
    public static Transformer Load(string path, string configPath, ScalarType dtype, Device device)
    {
        TransformerConfig config = HuggingFaceConfig.Read(configPath);
        CheckpointSize.MustFit(config, path);
        Transformer model = new Transformer(config).to(device, dtype);
        try
        {
            Fill(model, path);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Writes a model; the same weights give the same bytes.</summary>
    /// <param name="model">The model, of any device.</param>
    /// <param name="weightsPath">Where the weights go.</param>
    /// <param name="configPath">Where the shape goes.</param>
    public static void Save(Transformer model, string weightsPath, string configPath)
    {
        Safetensors.Write(weightsPath, model.state_dict());
        File.WriteAllBytes(configPath, HuggingFaceConfig.Write(model.Config));
    }

    private static void Fill(Transformer model, string path)
    {
        Dictionary<string, Tensor> wanted = model.state_dict();
        using IDisposable frozen = no_grad();
        Safetensors.Read(
            path,
            (name, stored) =>
            {
                if (!wanted.Remove(name, out Tensor? parameter))
                {
                    if (Array.Exists(DerivedSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal)))
                        return;
                    throw new InvalidCheckpointException(
                        $"{path}: tensor '{name}' has no place in a {model.Config.Architecture} model of "
                            + $"{model.Config.NLayers} layers."
                    );
                }

                if (!stored.shape.AsSpan().SequenceEqual(parameter.shape))
                    throw new InvalidCheckpointException(
                        $"{path}: tensor '{name}' has shape {stored.ShapeText}, but the configuration asks for "
                            + $"{parameter.ShapeText}."
                    );
                parameter.copy_(stored);
            }
        );
        if (wanted.Count > 0)
            throw new InvalidCheckpointException(
                $"{path}: {wanted.Count} tensors of the configuration are missing, the first is "
                    + $"'{wanted.Keys.Order(StringComparer.Ordinal).First()}'."
            );
    }
}
