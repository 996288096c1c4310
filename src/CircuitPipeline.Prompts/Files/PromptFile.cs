namespace CircuitPipeline.Prompts.Files;

/// <summary>Bytes and lines of the room's files, with one-sentence errors for files that are missing, too long or cut off.</summary>
internal static class PromptFile
{
    public static byte[] Bytes(string path, long largest)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"{path}: this is a folder, but a file is expected; name the file in it.");
        }
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: there is no such file.");
        }
        if (!FileKind.IsRegularOrAbsent(path))
        {
            throw new InvalidDataException(
                $"{path}: this is a pipe or a device, but a file is expected; write its content into a file."
            );
        }
        try
        {
            long found = new FileInfo(path).Length;
            byte[] bytes =
                found <= largest
                    ? File.ReadAllBytes(path)
                    : throw new InvalidDataException(
                        $"{path}: the file has '{found}' bytes, but at most {largest} are read."
                    );
            GitLfsPointer.Refuse(bytes, path);
            return bytes;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{path}: the file cannot be read ({MessageText.OneLine(cause.Message).TrimEnd('.')}).",
                cause
            );
        }
    }

    /// <summary>The lines with their numbers from 1; every line, the last included, ends with a line feed.</summary>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Line)> Lines(ReadOnlyMemory<byte> bytes, string source)
    {
        int number = 1;
        for (int start = 0; start < bytes.Length; number++)
        {
            int length = bytes.Span[start..].IndexOf((byte)'\n');
            if (length < 0)
            {
                throw At(source, number, "the line does not end; the file is cut off here.");
            }
            yield return (number, bytes.Slice(start, length));
            start += length + 1;
        }
    }

    public static InvalidDataException At(string source, int line, string sentence) =>
        new($"{source}({line}): {sentence}");
}
