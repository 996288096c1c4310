namespace CircuitPipeline;

/// <summary>The bytes of a JSON file as its parser wants them, and what files that are none are. One source, compiled into each room that reads files.</summary>
internal static class JsonText
{
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>The bytes behind the mark that some editors put before UTF-8.</summary>
    public static ReadOnlyMemory<byte> WithoutBom(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith(Bom) ? json[Bom.Length..] : json;

    /// <summary>Refuses by what it is a file that is no JSON; does nothing where that is not known.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="source">The file's name for the message.</param>
    /// <exception cref="InvalidDataException">It is empty, a pointer or binary.</exception>
    public static void RefuseOther(ReadOnlySpan<byte> json, string source)
    {
        GitLfsPointer.Refuse(json, source);
        if (json.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new InvalidDataException(
                $"{source}: the file is empty, but a JSON object is expected; write or download it again."
            );
        }

        if (json.Contains((byte)0))
        {
            throw new InvalidDataException(
                $"{source}: this is a binary file, or text in UTF-16, but JSON in UTF-8 is expected; name another file, or save it as UTF-8."
            );
        }
    }
}
