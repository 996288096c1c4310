using System.Text.Json;

namespace CircuitPipeline;

/// <summary>
/// The index of weights in several files (safetensors' form: <c>weight_map</c> goes from tensors to files). One source, compiled into the
/// room that brings models and into the one that reads them, of which neither may refer to the other.
/// </summary>
internal static class ShardIndex
{
    /// <summary>The index's name.</summary>
    internal const string FileName = "model.safetensors.index.json";

    // The index of a model of 1,024 layers names some 16,000 tensors.
    private const long LargestBytes = 1 << 24;

    /// <summary>The files that an index lists, each once, in the order of their names.</summary>
    /// <param name="path">The index.</param>
    /// <exception cref="InvalidDataException">The index is damaged or names what is not in its folder.</exception>
    internal static string[] Read(string path)
    {
        // A pipe has no length, and opening it waits for whoever writes.
        if (!FileKind.IsRegularOrAbsent(path))
        {
            throw new InvalidDataException(
                $"{path}: this is a pipe or a device, but a file is expected; write its content into a file."
            );
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > LargestBytes)
            {
                throw new InvalidDataException(
                    $"{path}: the file has '{file.Length}' bytes, but at most {LargestBytes} are read."
                );
            }

            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return Parse(bytes, path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{path}: the file cannot be read ({MessageText.OneLine(cause.Message).TrimEnd('.')}).",
                cause
            );
        }
    }

    /// <summary>The files that an index lists, each once, in the order of their names.</summary>
    /// <param name="bytes">The index.</param>
    /// <param name="source">Its name for messages.</param>
    /// <exception cref="InvalidDataException">The index is damaged or names what is not in its folder.</exception>
    internal static string[] Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        try
        {
            ReadOnlyMemory<byte> json = JsonText.WithoutBom(bytes);
            JsonText.RefuseOther(json.Span, source);
            using JsonDocument document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            string[] names =
            [
                .. document
                    .RootElement.GetProperty("weight_map")
                    .EnumerateObject()
                    .Select(entry => Name(source, entry.Name, entry.Value.GetString()))
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
            return names.Length > 0
                ? names
                : throw new InvalidDataException(
                    $"{source}: 'weight_map' is empty, but at least one tensor is expected."
                );
        }
        catch (Exception cause)
            when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException(
                $"{source}: the file is not a JSON object whose 'weight_map' goes from tensor names to file names.",
                cause
            );
        }
    }

    // An index must not lead out of its folder, on any system.
    private static string Name(string source, string tensor, string? file) =>
        file is { Length: > 0 and <= 255 }
        && file == Path.GetFileName(file)
        && file is not ("." or "..")
        && !file.Any(c => c is '\\' or ':' || char.IsControl(c))
            ? file
            : throw new InvalidDataException(
                $"{source}: tensor '{MessageText.OneLine(tensor)}' lies in '{MessageText.OneLine(file ?? "null")}', but only the name of a file in the same folder is allowed."
            );
}
