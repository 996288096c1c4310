using System.Text.Json;

namespace CircuitPipeline.Circuits.Config.Families;

/// <summary>Which layers are local: <c>layer_types</c>, where a file has it, or the family's rule.</summary>
internal static class WindowKeys
{
    public const string Local = "sliding_attention";
    public const string Global = "full_attention";

    /// <param name="fields">The file.</param>
    /// <param name="width">Tokens of the window; null where there is none.</param>
    /// <param name="layers">Number of blocks.</param>
    /// <param name="isLocal">The family's rule.</param>
    public static SlidingWindow? Read(ConfigFields fields, int? width, int layers, Func<int, bool> isLocal)
    {
        if (fields.Texts("layer_types") is not { } types)
        {
            return SlidingWindow.Of(width, Enumerable.Range(0, Math.Clamp(layers, 0, 1_024)).Select(isLocal));
        }

        if (Array.Find(types, type => type is not (Local or Global)) is { } other)
        {
            throw fields.Error(
                $"'layer_types' has '{MessageText.OneLine(other)}', but '{Global}' and '{Local}' are allowed."
            );
        }

        if (types.Length != layers)
        {
            throw fields.Error($"'layer_types' names '{types.Length}' layers, but the model has '{layers}'.");
        }

        return width is null && types.Contains(Local)
            ? throw fields.Error($"'layer_types' has '{Local}', but no 'sliding_window' says how wide it is.")
            : SlidingWindow.Of(width, types.Select(type => type == Local));
    }

    public static void WriteTypes(Utf8JsonWriter json, TransformerConfig config)
    {
        json.WriteStartArray("layer_types");
        foreach (int layer in Enumerable.Range(0, config.NLayers))
        {
            json.WriteStringValue(config.Window?.IsLocal[layer] == true ? Local : Global);
        }

        json.WriteEndArray();
    }
}
