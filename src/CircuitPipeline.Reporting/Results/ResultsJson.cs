using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CircuitPipeline.Reporting.Results;

/// <summary>Writes and reads results as JSON, with the field's names in snake case.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower
)]
[JsonSerializable(typeof(StudyResults))]
public sealed partial class ResultsJson : JsonSerializerContext
{
    /// <summary>Writes results; the same results give the same bytes.</summary>
    /// <param name="results">The results.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Write(StudyResults results) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(results, Default.StudyResults) + "\n");

    /// <summary>Reads results back.</summary>
    /// <param name="json">What <see cref="Write"/> wrote.</param>
    /// <returns>The results.</returns>
    /// <exception cref="JsonException">The bytes are no results.</exception>
    public static StudyResults Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.StudyResults)
        ?? throw new JsonException("The results are 'null', but must be an object; write the report again.");
}
