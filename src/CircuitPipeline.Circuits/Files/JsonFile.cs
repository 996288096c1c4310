using System.Text.Json;

namespace CircuitPipeline.Circuits.Files;

/// <summary>What all files of one JSON object have in common: how they are read whole, and what is said of one that is none.</summary>
internal static class JsonFile
{
    /// <summary>The bytes of a file that is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="largest">The most bytes that are read.</param>
    /// <exception cref="InvalidDataException">It is no regular file, has more bytes, or cannot be read.</exception>
    internal static byte[] Bytes(string path, long largest)
    {
        // A pipe has no length, and reading it waits for whoever writes.
        if (!FileKind.IsRegularOrAbsent(path))
        {
            throw new InvalidDataException(
                $"{path}: this is a pipe or a device, but a file is expected; write its content into a file."
            );
        }

        try
        {
            return new FileInfo(path).Length is var bytes && bytes > largest
                ? throw new InvalidDataException(
                    $"{path}: the file has '{bytes}' bytes, but at most {largest} are read."
                )
                : File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{path}: the file cannot be read ({MessageText.OneLine(cause.Message).TrimEnd('.')}).",
                cause
            );
        }
    }

    /// <summary>What a reader makes of a file's bytes.</summary>
    /// <param name="json">The bytes, UTF-8, with or without a byte order mark.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="expected">What is expected, as <c>one JSON object</c>.</param>
    /// <param name="read">Reads the bytes behind the mark.</param>
    /// <exception cref="InvalidDataException">They are no JSON, or hold a text that is no Unicode.</exception>
    internal static T Parse<T>(
        ReadOnlyMemory<byte> json,
        string source,
        string expected,
        Func<ReadOnlyMemory<byte>, T> read
    )
    {
        json = JsonText.WithoutBom(json);
        try
        {
            return read(json);
        }
        catch (JsonException cause)
        {
            JsonText.RefuseOther(json.Span, source);
            NotANumber.Refuse(json.Span, source);
            string place = cause.LineNumber is long line
                ? $" (line {line + 1}, byte {cause.BytePositionInLine + 1})"
                : "";
            throw new InvalidDataException($"{source}: this is not {expected}{place}.", cause);
        }
        catch (InvalidOperationException cause)
        {
            throw new InvalidDataException($"{source}: a text in this file is not valid Unicode.", cause);
        }
    }

    /// <summary>What a reader makes of a file whose keys must be unique.</summary>
    /// <param name="json">The bytes, UTF-8, with or without a byte order mark.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="read">Reads the root.</param>
    /// <exception cref="InvalidDataException">They are no JSON, hold a key twice, or a text that is no Unicode.</exception>
    internal static T ParseUnique<T>(ReadOnlyMemory<byte> json, string source, Func<JsonElement, T> read) =>
        Parse(
            json,
            source,
            "one JSON object with unique keys",
            text =>
            {
                using JsonDocument document = JsonDocument.Parse(
                    text,
                    new JsonDocumentOptions { AllowDuplicateProperties = false }
                );
                return read(document.RootElement);
            }
        );
}
