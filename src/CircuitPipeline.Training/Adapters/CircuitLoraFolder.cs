using System.Text.Encodings.Web;
using System.Text.Json;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Checkpoints;
using TorchSharp;

namespace CircuitPipeline.Training.Adapters;

/// <summary>Makes a folder that PEFT loads of one that CircuitLoRA's authors save (arXiv:2502.11812), which it does not.</summary>
public static class CircuitLoraFolder
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the same adapter under PEFT's names; every module has its own entry, so that no rule can catch another.</summary>
    /// <param name="adapter">The authors' folder.</param>
    /// <param name="shape">The base model.</param>
    /// <param name="baseModel">The name or path under which PEFT finds that model.</param>
    /// <param name="revision">The commit or the name of the model's revision on the Hub; null for the latest one, and for a folder.</param>
    /// <param name="folder">Where the two files go; it is made where it is missing.</param>
    /// <exception cref="InvalidDataException">The adapter is not one of this model, or is PEFT's already.</exception>
    public static void Convert(
        PeftFolder adapter,
        TransformerConfig shape,
        string baseModel,
        string? revision,
        string folder
    )
    {
        if (!adapter.Config.IsOfCircuitLora)
        {
            throw new InvalidDataException(
                $"{adapter.Config.Source}: this is an adapter of {adapter.Config.MethodName} in PEFT's form already; use it as it is."
            );
        }

        AdapterLayout layout = AdapterLayout.Of(adapter, shape);
        Directory.CreateDirectory(folder);
        using DisposeScope scope = torch.NewDisposeScope();
        Dictionary<string, torch.Tensor> stored = new(StringComparer.Ordinal);
        Safetensors.Read(adapter.WeightsPath, (name, tensor) => stored.Add(name, tensor.MoveToOuterDisposeScope()));
        Safetensors.Write(
            Path.Combine(folder, PeftFolder.WeightsFile),
            layout.Tensors.ToDictionary(
                place => $"{AdapterTensorName.Prefix}{place.Key.Module}.{place.Key.Part}.weight",
                place => stored[place.Value.Name]
            )
        );
        File.WriteAllBytes(
            Path.Combine(folder, PeftAdapterConfig.FileName),
            Config(adapter.Config, layout.Modules, shape, (baseModel, revision))
        );
    }

    private static byte[] Config(
        PeftAdapterConfig config,
        IReadOnlyList<AdaptedModule> modules,
        TransformerConfig shape,
        (string Name, string? Revision) baseModel
    )
    {
        AdaptedModule[] critical = [.. modules.Where(module => module.IsCritical)];
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("peft_type", "LORA");
            json.WriteString("task_type", "CAUSAL_LM");
            json.WriteString("base_model_name_or_path", baseModel.Name);
            json.WriteString("revision", baseModel.Revision);
            json.WriteBoolean("inference_mode", true);
            json.WriteNumber("r", config.Rank);
            json.WriteNumber("lora_alpha", config.Alpha);
            json.WriteNumber("lora_dropout", 0);
            json.WriteString("bias", "none");
            json.WriteBoolean("fan_in_fan_out", shape.Family.KeepsMapsTurned);
            json.WriteStartArray("target_modules");
            foreach (AdaptedModule module in modules)
            {
                json.WriteStringValue(module.Name);
            }

            json.WriteEndArray();
            WritePatterns(json, "rank_pattern", critical, module => module.Rank);
            WritePatterns(json, "alpha_pattern", critical, module => module.Scale * module.Rank);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    // A name is an expression too, in which a dot matches any letter; '^' and '\.' make it exact.
    private static void WritePatterns(
        Utf8JsonWriter json,
        string key,
        AdaptedModule[] modules,
        Func<AdaptedModule, double> value
    )
    {
        json.WriteStartObject(key);
        foreach (AdaptedModule module in modules)
        {
            json.WriteNumber($"^{module.Name.Replace(".", @"\.", StringComparison.Ordinal)}", value(module));
        }

        json.WriteEndObject();
    }
}
