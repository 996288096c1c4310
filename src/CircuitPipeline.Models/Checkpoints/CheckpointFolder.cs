namespace CircuitPipeline.Models.Checkpoints;

/// <summary>Refuses a model folder that holds something else than a model by what it holds.</summary>
internal static class CheckpointFolder
{
    private static readonly string[] AdapterFiles =
    [
        "adapter_config.json",
        "adapter_model.safetensors",
        "adapter_model.bin",
    ];

    private static readonly string[] PickledFiles = ["pytorch_model.bin", "pytorch_model.bin.index.json"];

    /// <summary>Refuses an adapter, which would be left out beside a model and is none without, and weights of another form.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="hasWeights">Whether safetensors files or their index are there.</param>
    /// <exception cref="InvalidDataException">The folder holds one of these.</exception>
    internal static void MustBeReadable(string folder, bool hasWeights)
    {
        if (First(folder, AdapterFiles) is { } adapter)
        {
            throw new InvalidDataException(
                hasWeights
                    ? $"{folder}: '{adapter}' lies beside the model, and only one of the two can be meant; move the adapter's files to a folder of their own, and name that one as the adapter to measure both."
                    : $"{folder}: '{adapter}' is of an adapter without its base model; name the base model's folder, and this one as its adapter."
            );
        }

        if (!hasWeights && First(folder, PickledFiles) is { } pickled)
        {
            throw new InvalidDataException(
                $"{folder}: the weights are in '{pickled}', but only safetensors files are read; convert them, as with 'save_pretrained' of a current version of Hugging Face's transformers."
            );
        }
    }

    private static string? First(string folder, string[] names) =>
        Array.Find(names, name => File.Exists(Path.Combine(folder, name)));
}
