using System.Text.Json;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>Which files hold a folder's weights.</summary>
internal static class CheckpointFiles
{
    internal const string IndexFile = "model.safetensors.index.json";

    // The index of a model of 1,024 layers names some 16,000 tensors.
    private const long LargestBytes = 1 << 24;

    /// <summary>The one file, or those that the index lists, in the order of their names.</summary>
    /// <exception cref="InvalidDataException">The index is damaged or names what is not in the folder.</exception>
    /// <exception cref="InvalidDataException">The folder holds an adapter, or weights of another form only.</exception>
    internal static IReadOnlyList<string> Of(string folder)
    {
        string whole = Path.Combine(folder, Checkpoint.WeightsFile);
        string index = Path.Combine(folder, IndexFile);
        CheckpointFolder.MustBeReadable(folder, hasWeights: File.Exists(whole) || File.Exists(index));
        if (File.Exists(whole) || !File.Exists(index))
        {
            return [whole];
        }

        string[] names = Listed(index);
        if (names.Length == 0)
        {
            throw new InvalidDataException($"{index}: 'weight_map' is empty, but at least one tensor is expected.");
        }

        string[] shards = [.. names.Distinct().Order(StringComparer.Ordinal)];
        string[] missing = [.. shards.Where(name => !File.Exists(Path.Combine(folder, name)))];
        return missing.Length == 0
            ? [.. shards.Select(name => Path.Combine(folder, name))]
            : throw new InvalidDataException(
                $"{index}: the index lists {shards.Length} files, but {missing.Length} of them {(missing.Length == 1 ? "is" : "are")} not in the folder, "
                    + $"the first is '{MessageText.OneLine(missing[0])}'; download what is missing."
            );
    }

    private static string[] Listed(string index)
    {
        if (new FileInfo(index).Length is > LargestBytes and var bytes)
        {
            throw new InvalidDataException(
                $"{index}: the file has '{bytes}' bytes, but at most {LargestBytes} are read."
            );
        }

        try
        {
            ReadOnlyMemory<byte> json = JsonText.WithoutBom(File.ReadAllBytes(index));
            JsonText.RefuseOther(json.Span, index);
            using JsonDocument document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            return
            [
                .. document
                    .RootElement.GetProperty("weight_map")
                    .EnumerateObject()
                    .Select(entry => FileName(index, entry.Name, entry.Value.GetString())),
            ];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{index}: the file cannot be read ({MessageText.OneLine(cause.Message).TrimEnd('.')}).",
                cause
            );
        }
        catch (Exception cause)
            when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException(
                $"{index}: the file is not a JSON object whose 'weight_map' goes from tensor names to file names.",
                cause
            );
        }
    }

    // An index must not lead out of its folder.
    private static string FileName(string index, string tensor, string? file) =>
        !string.IsNullOrEmpty(file)
        && file == Path.GetFileName(file)
        && file is not ("." or "..")
        && !file.Any(char.IsControl)
            ? file
            : throw new InvalidDataException(
                $"{index}: tensor '{MessageText.OneLine(tensor)}' lies in '{MessageText.OneLine(file ?? "null")}', but only the name of a file in the same folder is allowed."
            );
}
