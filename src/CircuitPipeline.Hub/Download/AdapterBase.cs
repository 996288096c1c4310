using System.Text.Json;
using CircuitPipeline.Hub.Cache;

namespace CircuitPipeline.Hub.Download;

/// <summary>The base model that an adapter's configuration names.</summary>
internal static class AdapterBase
{
    private const int LargestBytes = 1 << 20;

    /// <summary>Its name; null for what is no adapter, or names none that can be read.</summary>
    internal static string? Of(HubSnapshot snapshot) =>
        snapshot.Has(ModelFiles.AdapterConfig)
            ? In(Path.Combine(snapshot.Folder, ModelFiles.AdapterConfig)).Name
            : null;

    /// <summary>Its name and revision in a configuration, each null where it is not said; whoever reads the adapter says what cannot be read.</summary>
    internal static (bool IsRead, string? Name, string? Revision) In(string path)
    {
        try
        {
            // A pipe would be waited for.
            if (!FileKind.IsRegularOrAbsent(path) || SnapshotLink.Length(path) > LargestBytes)
            {
                return default;
            }

            using JsonDocument document = JsonDocument.Parse(JsonText.WithoutBom(File.ReadAllBytes(path)));
            return (
                true,
                Text(document.RootElement, "base_model_name_or_path"),
                Text(document.RootElement, "revision")
            );
        }
        catch (Exception cause)
            when (cause is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    // What is neither a text nor nothing is an error, as half a surrogate pair is.
    private static string? Text(JsonElement config, string key) =>
        config.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value.GetString()
            : null;
}
