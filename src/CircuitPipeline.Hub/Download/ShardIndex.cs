using System.Text.Json;

namespace CircuitPipeline.Hub.Download;

/// <summary>The index of weights in several files (safetensors' form: <c>weight_map</c> goes from tensors to files).</summary>
internal static class ShardIndex
{
    private const long LargestBytes = 1 << 24; // as for the reader of checkpoints
    private const int MostShards = 10_000;

    /// <summary>The files that an index lists.</summary>
    /// <exception cref="InvalidDataException">The index is damaged or names what is not in its folder.</exception>
    internal static string[] Read(string path)
    {
        byte[] bytes;
        using (FileStream file = File.OpenRead(path))
        {
            if (file.Length > LargestBytes)
            {
                throw new InvalidDataException(
                    $"{path}: the index has {file.Length} bytes, but at most {LargestBytes} are read; bring the model again."
                );
            }

            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }

        return Parse(bytes, path);
    }

    /// <summary>The files that an index lists, in the order of their names.</summary>
    /// <exception cref="InvalidDataException">The index is damaged or names what is not in its folder.</exception>
    internal static string[] Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        try
        {
            ReadOnlyMemory<byte> json = JsonText.WithoutBom(bytes);
            JsonText.RefuseOther(json.Span, source);
            using JsonDocument document = JsonDocument.Parse(json);
            string[] names =
            [
                .. document
                    .RootElement.GetProperty("weight_map")
                    .EnumerateObject()
                    .Select(entry => Name(entry.Value.GetString() ?? "", source))
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
            return names.Length is > 0 and <= MostShards
                ? names
                : throw new InvalidDataException(
                    $"{source}: 'weight_map' lists {names.Length} files, but 1 to {MostShards} are allowed; the repository is damaged, name another model or revision."
                );
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException(
                $"{source}: the file is not a JSON object whose 'weight_map' goes from tensor names to file names; the repository is damaged, name another model or revision."
            );
        }
    }

    private static string Name(string name, string source) =>
        RepositoryPath.IsInside(name)
        && !name.Contains('/')
        && name.EndsWith(ModelFiles.WeightsEnding, StringComparison.Ordinal)
            ? name
            : throw new InvalidDataException(
                $"{source}: 'weight_map' names {MessageText.Quoted(name)}, but only the name of a safetensors file in the same folder is allowed; do not use this model."
            );
}
