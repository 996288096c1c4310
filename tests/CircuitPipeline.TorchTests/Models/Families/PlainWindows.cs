using System.Text.Json;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>Which layers see only the last keys, and how many: key j is visible to query i if i - window &lt; j &lt;= i.</summary>
internal static class PlainWindows
{
    /// <summary>The list <c>attention_types</c> holds pairs of kinds and of how often they are repeated.</summary>
    internal static int?[] GptNeo(ConfigKeys keys, int layers)
    {
        int window = keys.Int("window_size", 256);
        List<string> kinds = [];
        foreach (JsonElement pair in keys.List("attention_types") ?? [])
        {
            for (int repeat = 0; repeat < pair[1].GetInt32(); repeat++)
            {
                kinds.AddRange(pair[0].EnumerateArray().Select(kind => kind.GetString()!));
            }
        }

        if (kinds.Count == 0)
        {
            kinds.AddRange(Enumerable.Range(0, 24).Select(layer => layer % 2 == 0 ? "global" : "local"));
        }

        return Of(kinds, "local", "global", layers, window);
    }

    /// <summary>Off unless use_sliding_window; then the layers from max_window_layers on, if no list says which.</summary>
    internal static int?[] Qwen(ConfigKeys keys, int layers)
    {
        if (!keys.Flag("use_sliding_window", false) || keys.IntOrNull("sliding_window", 4096) is not int window)
        {
            return new int?[layers];
        }

        int first = keys.Int("max_window_layers", 28);
        return Listed(keys, layers, window)
            ?? [.. Enumerable.Range(0, layers).Select(layer => layer >= first ? window : (int?)null)];
    }

    /// <summary>Layers 0, 2, 4, …, if no list says which.</summary>
    internal static int?[] Gemma2(ConfigKeys keys, int layers)
    {
        if (keys.IntOrNull("sliding_window", 4096) is not int window)
        {
            return new int?[layers];
        }

        return Listed(keys, layers, window)
            ?? [.. Enumerable.Range(0, layers).Select(layer => layer % 2 == 0 ? window : (int?)null)];
    }

    private static int?[]? Listed(ConfigKeys keys, int layers, int window) =>
        keys.List("layer_types") is JsonElement[] kinds
            ? Of([.. kinds.Select(kind => kind.GetString()!)], "sliding_attention", "full_attention", layers, window)
            : null;

    private static int?[] Of(List<string> kinds, string near, string all, int layers, int window) =>
        kinds.Count == layers && kinds.All(kind => kind == near || kind == all)
            ? [.. kinds.Select(kind => kind == near ? window : (int?)null)]
            : throw new NotSupportedException($"{layers} layers, but '{string.Join(' ', kinds)}'.");
}
