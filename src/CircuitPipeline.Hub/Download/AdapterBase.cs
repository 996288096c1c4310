using System.Text.Json;
using CircuitPipeline.Hub.Cache;

namespace CircuitPipeline.Hub.Download;

/// <summary>The base model that an adapter's configuration names.</summary>
internal static class AdapterBase
{
    private const int LargestBytes = 1 << 20;

    /// <summary>Its name; null for what is no adapter, or names none that can be read.</summary>
    internal static string? Of(HubSnapshot snapshot)
    {
        string path = Path.Combine(snapshot.Folder, ModelFiles.AdapterConfig);
        if (!snapshot.Has(ModelFiles.AdapterConfig) || SnapshotLink.Length(path) > LargestBytes)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonText.WithoutBom(File.ReadAllBytes(path)));
            return document.RootElement.TryGetProperty("base_model_name_or_path", out JsonElement name)
                ? name.GetString()
                : null;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            return null; // whoever reads the adapter says more of it
        }
    }
}
