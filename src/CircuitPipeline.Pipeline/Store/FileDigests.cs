using System.Text;
using CircuitPipeline.Pipeline.Running;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>Digests of files outside the store, such as the weights of a checkpoint, so that opening a study again reads no gigabytes.</summary>
/// <remarks>
/// One small text file per large file, named by the digest of its path: <c>digest size modified changed inode</c>. A file whose stamp
/// is another one is hashed again, and so is one that was written just before: a second write in the same tick of the clock would leave
/// the same stamp. Losing a line costs a rehash and nothing else, as in <see cref="BlobStamps"/>.
/// </remarks>
/// <param name="folder">Where they are kept; it is made when there is something to keep.</param>
/// <param name="time">The clock.</param>
public sealed class FileDigests(string folder, TimeProvider time)
{
    // Clocks of file systems tick in milliseconds, some of them in two seconds.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    /// <summary>Those that are kept beside a run's results.</summary>
    /// <param name="options">The run.</param>
    public static FileDigests Of(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new FileDigests(
            Path.Combine(Path.GetFullPath(options.RootFolder), "artifacts", "store", "files"),
            options.Time
        );
    }

    /// <summary>The digest of a file's bytes, read only where the file is small or not the one that was hashed before.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no regular file.</exception>
    public Digest Of(string path)
    {
        if (!FileKind.IsRegularOrAbsent(path))
        {
            throw new InvalidDataException(
                $"{path}: this is a pipe or a device, but a file is expected; write its content into a file."
            );
        }

        if (FileStamp.Of(path) is not { IsOfLargeFile: true } stamp)
        {
            return Digest.OfFile(path);
        }

        string kept = Path.Combine(folder, Digest.OfText(Path.GetFullPath(path)).ToString());
        string words = $" {stamp}\n";
        if (Known(kept, words) is { } known)
        {
            return known;
        }

        Digest digest = Digest.OfFile(path);
        long now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100; // nanoseconds, as the stamp's
        bool isSettled = now - Math.Max(stamp.Modified, stamp.Changed) > Settled.Ticks * 100;
        if (isSettled && FileStamp.Of(path) == stamp)
        {
            Keep(kept, digest + words);
        }

        return digest;
    }

    private static Digest? Known(string kept, string words)
    {
        try
        {
            return
                File.Exists(kept)
                && Encoding.UTF8.GetString(SmallFile.Read(kept)) is var text
                && text.EndsWith(words, StringComparison.Ordinal)
                && Digest.TryParse(text[..^words.Length], out Digest digest)
                ? digest
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Keep(string kept, string line)
    {
        try
        {
            // One name, so that kills leave at most one file.
            DurableFile.WriteUnflushed(kept + ".tmp", kept, Encoding.ASCII.GetBytes(line));
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // Another process writes the same, or the store is read-only: a later run hashes again.
        }
    }
}
