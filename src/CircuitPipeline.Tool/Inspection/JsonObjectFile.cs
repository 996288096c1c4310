using System.Text.Json;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>A small JSON object of a model's folder, of which single keys are shown.</summary>
internal static class JsonObjectFile
{
    /// <summary>The values of some keys, each as one line; a key that is not there is left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">The keys.</param>
    /// <exception cref="InvalidDataException">The file is too large, or no JSON object.</exception>
    internal static Dictionary<string, string> Values(string path, params IReadOnlyList<string> keys)
    {
        if (!FileKind.IsRegularOrAbsent(path))
        {
            throw new InvalidDataException(
                $"{path}: this is a pipe or a device, but a file is expected; write its content into a file."
            );
        }

        if (new FileInfo(path).Length is > HuggingFaceConfig.LargestBytes and var bytes)
        {
            throw new InvalidDataException(
                $"{path}: the file has '{bytes}' bytes, but at most {HuggingFaceConfig.LargestBytes} are read."
            );
        }

        ReadOnlyMemory<byte> json = JsonText.WithoutBom(File.ReadAllBytes(path));
        JsonText.RefuseOther(json.Span, path);
        try
        {
            using JsonDocument file = JsonDocument.Parse(json);
            Dictionary<string, string> found = new(StringComparer.Ordinal);
            foreach (string key in keys)
            {
                if (file.RootElement.TryGetProperty(key, out JsonElement value))
                {
                    found[key] = MessageText.OneLine(value.ToString());
                }
            }

            return found;
        }
        // Not an object, and a text that is not valid Unicode, are the second.
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: this is not one JSON object; write or download it again.", cause);
        }
    }
}
