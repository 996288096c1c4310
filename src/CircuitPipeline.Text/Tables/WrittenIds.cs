using System.Text.Json;
using System.Text.Json.Nodes;

namespace CircuitPipeline.Text.Tables;

/// <summary>A prompt that is a list of whole numbers written as a text, because CSV has no lists: <c>[9, 8, 50]</c>.</summary>
internal static class WrittenIds
{
    /// <summary>The list; null when the value is anything else.</summary>
    public static JsonArray? Of(JsonNode? value) =>
        value is JsonValue
        && value.GetValueKind() == JsonValueKind.String
        && PythonList.Parse(value.GetValue<string>()) is { Count: > 0 } list
        && list.All(item => item!.GetValueKind() == JsonValueKind.Number)
            ? list
            : null;
}
