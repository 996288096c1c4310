using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CircuitPipeline.Pipeline.Locks;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>The JSON files of the store: one writer with one order, and readers that answer null to anything else.</summary>
internal static class StoreJson
{
    private static readonly StoreJsonContext Json = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by people, never by a browser
            WriteIndented = true,
            NewLine = "\n",
        }
    );

    public static byte[] Write(LockHolder holder) => JsonSerializer.SerializeToUtf8Bytes(holder, Json.LockHolder);

    public static LockHolder? ReadHolder(byte[] bytes) =>
        TryRead(() => JsonSerializer.Deserialize(bytes, Json.LockHolder));

    public static byte[] Write(ItemKey key) => JsonSerializer.SerializeToUtf8Bytes(KeyFile.Of(key), Json.KeyFile);

    public static ItemKey? ReadKey(byte[] bytes) =>
        TryRead(() => JsonSerializer.Deserialize(bytes, Json.KeyFile))?.ToKey();

    public static byte[] Write(ItemRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes(RecordFile.Of(record), Json.RecordFile);

    public static RecordFile ReadRecord(byte[] bytes) =>
        JsonSerializer.Deserialize(bytes, Json.RecordFile) ?? throw new JsonException("it is 'null'");

    public static byte[] Write(StudyLockFile file) => JsonSerializer.SerializeToUtf8Bytes(file, Json.StudyLockFile);

    /// <summary>Reads a lock; a <see cref="FormatException"/> says, as a phrase, that another version wrote it.</summary>
    public static StudyLockFile ReadLock(byte[] bytes)
    {
        using (JsonDocument any = JsonDocument.Parse(bytes))
        {
            if (
                any.RootElement.ValueKind == JsonValueKind.Object
                && any.RootElement.TryGetProperty("format", out JsonElement element)
                && element.ValueKind == JsonValueKind.Number
                && element.TryGetInt32(out int format)
                && format != StudyLockFile.FormatVersion
            )
            {
                throw new FormatException(
                    $"its format is {format}, and this version reads {StudyLockFile.FormatVersion}"
                );
            }
        }

        return JsonSerializer.Deserialize(bytes, Json.StudyLockFile) ?? throw new JsonException("it is 'null'");
    }

    /// <summary>A sorted copy, in the order in which it is written; null when a value is.</summary>
    public static ImmutableSortedDictionary<string, string>? Sorted(Dictionary<string, string> read) =>
        read.Values.Any(value => value is null) ? null : read.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The pairs in ordinal order, whatever order the caller's dictionary has.</summary>
    public static Dictionary<string, string> Ordered(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal));

    private static T? TryRead<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(LockHolder))]
[JsonSerializable(typeof(KeyFile))]
[JsonSerializable(typeof(RecordFile))]
[JsonSerializable(typeof(StudyLockFile))]
internal sealed partial class StoreJsonContext : JsonSerializerContext;
