using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CircuitPipeline.Tool.CommandLine;

/// <summary>A command's document as JSON with the field's names in snake case; a number that is not finite is null.</summary>
internal static class CommandJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteOrNull() },
    };

    /// <summary>The document's text with a final line end; where something was ignored and where there are warnings, they are its last keys.</summary>
    internal static string Write(object document, IReadOnlyList<string> warnings, IgnoredNames? ignored = null)
    {
        JsonNode node = JsonSerializer.SerializeToNode(document, document.GetType(), Options)!;
        if (ignored is not null)
        {
            node["ignored"] = JsonSerializer.SerializeToNode(new { ignored.Keys, ignored.Tensors }, Options);
        }

        if (warnings.Count > 0)
        {
            node["warnings"] = new JsonArray([.. warnings.Select(warning => JsonValue.Create(warning))]);
        }

        return node.ToJsonString(Options) + "\n";
    }

    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
