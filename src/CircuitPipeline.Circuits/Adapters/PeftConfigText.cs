using System.Text.Encodings.Web;
using System.Text.Json;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>The text of an <c>adapter_config.json</c>, as PEFT loads it: what all methods have, around the method's own keys.</summary>
public static class PeftConfigText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it.</summary>
    /// <param name="type">PEFT's name of the method.</param>
    /// <param name="shape">The base model.</param>
    /// <param name="baseModel">The name or path under which PEFT finds it, and its revision on the Hub; null where it is not from there, or the newest.</param>
    /// <param name="targets">The names of the maps, as PEFT compares them with the ends of paths.</param>
    /// <param name="rest">Writes the method's own keys.</param>
    /// <returns>The file's bytes: UTF-8, fixed key order, a final line end.</returns>
    public static byte[] Write(
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

    /// <summary>The keys of low-rank updates, to which maps of another rank and alpha are added as patterns.</summary>
    /// <param name="json">Where they go.</param>
    /// <param name="rank">The rank of most maps.</param>
    /// <param name="alpha">Their alpha.</param>
    /// <param name="isRankStabilized">Whether updates are scaled by alpha / √rank in place of alpha / rank.</param>
    /// <param name="isDora">Whether rows have lengths of their own.</param>
    public static void WriteLora(Utf8JsonWriter json, int rank, double alpha, bool isRankStabilized, bool isDora)
    {
        json.WriteNumber("r", rank);
        json.WriteNumber("lora_alpha", alpha);
        json.WriteNumber("lora_dropout", 0);
        json.WriteString("bias", "none");
        json.WriteBoolean("use_rslora", isRankStabilized);
        json.WriteBoolean("use_dora", isDora);
        json.WriteBoolean("init_lora_weights", true);
    }
}
