namespace CircuitPipeline.Pipeline.Store;

/// <summary>Files named by the digest of their bytes; read-only, and never changed once in place.</summary>
internal sealed class BlobFolder(StoreLayout layout)
{
    private readonly BlobStamps _stamps = new(layout.Stamps);

    /// <summary>What is wrong with this file's blob, as a phrase; null when it is whole.</summary>
    /// <param name="file">The file, with the digest and size it should have.</param>
    public string? Problem(StoredFile file)
    {
        string name = $"blob {file.Digest.Short}… ({file.Name})";
        if (Stamp(file.Digest) is not { } stamp)
        {
            return $"{name} is missing";
        }

        if (stamp.Bytes != file.Bytes)
        {
            return $"{name} is damaged: expected {file.Bytes} bytes, found {stamp.Bytes}";
        }

        return Hash(file.Digest, stamp, hashAlways: false) switch
        {
            null => $"{name} cannot be read",
            { } found when found != file.Digest =>
                $"{name} is damaged: expected SHA-256 {file.Digest.Short}…, found {found.Short}…",
            _ => null,
        };
    }

    /// <summary>The digest that this blob's bytes have now; null when it is gone or cannot be read.</summary>
    public Digest? Hash(Digest digest, bool hashAlways) =>
        Stamp(digest) is { } stamp ? Hash(digest, stamp, hashAlways) : null;

    /// <summary>Moves a finished file in, unless its bytes are there already.</summary>
    /// <param name="name">Its name among the item's outputs.</param>
    /// <param name="path">Where it is; afterwards nothing is there.</param>
    public StoredFile Take(string name, string path)
    {
        DurableFile.Flush(path);
        StoredFile file = new(name, Digest.OfFile(path), new FileInfo(path).Length);
        if (Problem(file) is null)
        {
            File.Delete(path);
            return file;
        }
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        DurableFile.Move(path, layout.Blob(file.Digest));
        if (Stamp(file.Digest) is { } stamp)
        {
            _stamps.Keep(file.Digest, stamp);
        }

        return file;
    }

    private FileStamp? Stamp(Digest digest) => FileStamp.Of(layout.Blob(digest));

    private Digest? Hash(Digest digest, FileStamp stamp, bool hashAlways)
    {
        if (!hashAlways && _stamps.Knows(digest, stamp))
        {
            return digest;
        }

        Digest found;
        try
        {
            found = Digest.OfFile(layout.Blob(digest));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        if (found != digest)
        {
            _stamps.Forget(digest);
        }
        else if (!_stamps.Knows(digest, stamp))
        {
            _stamps.Keep(digest, stamp);
        }

        return found;
    }
}
