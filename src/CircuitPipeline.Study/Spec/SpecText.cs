using System.Text;

namespace CircuitPipeline.Study.Spec;

/// <summary>Reads a file as UTF-8 text of a sensible length.</summary>
internal static class SpecText
{
    public const int LongestBytes = 1 << 17;

    public static string Read(string path)
    {
        byte[] bytes;
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > LongestBytes)
            {
                throw Problem(
                    Diagnostics.NotText,
                    $"The file has {file.Length} bytes, but an experiment has at most {LongestBytes}."
                );
            }

            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Problem(Diagnostics.UnreadableFile, $"The file cannot be read: {cause.Message}");
        }
        return Decode(bytes);
    }

    public static string Decode(byte[] bytes)
    {
        if (GitLfsPointer.IsAtStartOf(bytes))
        {
            throw Problem(
                Diagnostics.NotText,
                "This is a Git LFS pointer and not the file itself; run 'git lfs pull' in its repository."
            );
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException cause)
        {
            int line = 1 + bytes.AsSpan(0, Math.Min(cause.Index < 0 ? 0 : cause.Index, bytes.Length)).Count((byte)'\n');
            throw Problem(Diagnostics.NotText, "The bytes here are not UTF-8; save the file as UTF-8.", line);
        }
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }

    private static SpecSyntaxException Problem(string code, string message, int line = 1) =>
        new(new LocatedProblem(line, 1, code, message));
}

/// <summary>YAML forbids tabs in indentation, and its parsers say so in words that nobody understands.</summary>
internal static class TabIndent
{
    public static void Refuse(string text)
    {
        int line = 0;
        foreach (ReadOnlySpan<char> content in text.AsSpan().EnumerateLines())
        {
            line++;
            int indent = content.IndexOfAnyExcept(' ', '\t');
            if (indent > 0 && content[indent] != '#' && content[..indent].IndexOf('\t') is var tab and >= 0)
            {
                throw new SpecSyntaxException(
                    new LocatedProblem(
                        line,
                        tab + 1,
                        Diagnostics.NotYaml,
                        "A tab indents this line, but YAML wants spaces."
                    )
                );
            }
        }
    }
}
