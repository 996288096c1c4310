using System.Text.Encodings.Web;
using System.Text.Json;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;

namespace CircuitPipeline.Training.Methods;

/// <summary>Writes the <c>adapter_config.json</c> of a trained adapter; the same adapter gives the same bytes.</summary>
internal static class PeftConfigWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file's bytes.</summary>
    /// <param name="type">PEFT's name of the method.</param>
    /// <param name="shape">The base model.</param>
    /// <param name="baseModel">Where PEFT finds it, and its revision there.</param>
    /// <param name="targets">The names of the maps, as PEFT compares them with the ends of paths.</param>
    /// <param name="rest">Writes the method's own keys.</param>
    internal static byte[] Write(
        string type,
        TransformerConfig shape,
        (string Name, string? Revision) baseModel,
        IEnumerable<string> targets,
        Action<Utf8JsonWriter> rest
    )
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("peft_type", type);
            json.WriteString("task_type", "CAUSAL_LM");
            json.WriteString("base_model_name_or_path", baseModel.Name);
            json.WriteString("revision", baseModel.Revision);
            json.WriteBoolean("inference_mode", false);
            json.WriteBoolean("fan_in_fan_out", shape.Family.KeepsMapsTurned);
            json.WriteNull("modules_to_save");
            json.WriteStartArray("target_modules");
            foreach (string target in targets)
            {
                json.WriteStringValue(target);
            }

            json.WriteEndArray();
            rest(json);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>The shortest names that mean these maps and no others.</summary>
    internal static IEnumerable<string> Targets(Transformer model, IReadOnlyList<ModelLinear> linears) =>
        linears.Count == model.LinearModules.Count()
            ? model.Config.LinearMaps.Select(map => map.Name).Distinct()
            : linears.Select(linear => linear.Path);
}
