using System.Text.Json;
using System.Text.Json.Serialization;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>Small results that one stage hands to the next, as JSON with the field's names in snake case.</summary>
internal static class StageJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        IgnoreReadOnlyProperties = true, // what follows from the others
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>The file's bytes, the same for the same value.</summary>
    internal static byte[] Write<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Options), (byte)'\n'];

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    internal static T Read<T>(string path) => Read<T>(File.ReadAllBytes(path));

    /// <summary>The same of bytes.</summary>
    internal static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, Options)!;
}
