using System.Text.Json;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>The keys of a config.json: a missing one means the given default, a null is a value of its own.</summary>
internal sealed class ConfigKeys(JsonElement json)
{
    internal int Int(string key, int missing) => Find(key) is JsonElement value ? value.GetInt32() : missing;

    internal double Number(string key, double missing) => Find(key) is JsonElement value ? value.GetDouble() : missing;

    internal bool Flag(string key, bool missing) => Find(key) is JsonElement value ? value.GetBoolean() : missing;

    internal string Text(string key, string missing) => Find(key) is JsonElement value ? value.GetString()! : missing;

    internal int? IntOrNull(string key, int? missing) =>
        Find(key) switch
        {
            null => missing,
            { ValueKind: JsonValueKind.Null } => null,
            JsonElement value => value.GetInt32(),
        };

    internal double? NumberOrNull(string key, double? missing) =>
        Find(key) switch
        {
            null => missing,
            { ValueKind: JsonValueKind.Null } => null,
            JsonElement value => value.GetDouble(),
        };

    /// <summary>The keys of an object; null where it is missing, null or empty.</summary>
    internal ConfigKeys? Section(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Object } section && section.EnumerateObject().Any()
            ? new(section)
            : null;

    /// <summary>The values of a list; null where it is missing or null.</summary>
    internal JsonElement[]? List(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : null;

    private JsonElement? Find(string key) => json.TryGetProperty(key, out JsonElement value) ? value : null;
}
