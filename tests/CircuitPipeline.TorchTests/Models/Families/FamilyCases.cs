using System.Text.Json.Nodes;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The configurations by their names: every family, and every optional part of each.</summary>
internal static class FamilyCases
{
    internal static IReadOnlyDictionary<string, string> All { get; } =
        GptCases.All.Concat(LlamaCases.All).Concat(GemmaAndOlmoCases.All).Concat(PublishedCases.All).ToDictionary();

    /// <summary>One case of each family in each dialect, with all keys that published files have.</summary>
    internal static IEnumerable<string> Published => PublishedCases.All.Select(pair => pair.Key);

    /// <summary>The text of a config.json: the keys of a base, with those of the case added or in their place.</summary>
    internal static KeyValuePair<string, string> Of(string name, string body, string keys = "")
    {
        JsonObject config = JsonNode.Parse($"{{{body}}}")!.AsObject();
        foreach ((string key, JsonNode? value) in JsonNode.Parse($"{{{keys}}}")!.AsObject())
        {
            config[key] = value?.DeepClone();
        }

        return new(name, config.ToJsonString(new() { WriteIndented = true }));
    }

    /// <summary>Prompts of 1, 2, 7 and 12 tokens; the windows of the cases are 1 to 5.</summary>
    internal static long[][] Prompts(int vocab) =>
        [.. ((int[])[1, 2, 7, 12]).Select(length => Prompt(length, vocab, seed: length))];

    private static long[] Prompt(int length, int vocab, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (long)random.Next(vocab))];
    }
}
