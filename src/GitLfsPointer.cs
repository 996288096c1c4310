namespace CircuitPipeline;

/// <summary>
/// What Git leaves in the place of a large file that was not downloaded: some 130 bytes of text (format: docs/spec.md of the
/// git-lfs repository). One source, compiled into each room that reads files.
/// </summary>
internal static class GitLfsPointer
{
    /// <summary>How many bytes tell a pointer from a file.</summary>
    public static int Length => FirstLine.Length;

    private static ReadOnlySpan<byte> FirstLine => "version https://git-lfs.github.com/spec/v1"u8;

    /// <summary>Whether a file is a pointer.</summary>
    /// <param name="start">The file's first bytes, <see cref="Length"/> of them or more where it has them.</param>
    public static bool IsAtStartOf(ReadOnlySpan<byte> start) => start.StartsWith(FirstLine);

    /// <summary>Refuses a pointer by what it is; whatever would be said of its text as a model or as JSON is a symptom.</summary>
    /// <param name="start">The file's first bytes, <see cref="Length"/> of them or more where it has them.</param>
    /// <param name="source">The file's name for the message.</param>
    /// <exception cref="InvalidDataException">It is a pointer.</exception>
    public static void Refuse(ReadOnlySpan<byte> start, string source)
    {
        if (IsAtStartOf(start))
        {
            throw new InvalidDataException(
                $"{source}: this is a Git LFS pointer and not the file itself; run 'git lfs pull' in its repository, or download the file."
            );
        }
    }
}
