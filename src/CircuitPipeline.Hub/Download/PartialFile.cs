namespace CircuitPipeline.Hub.Download;

/// <summary>The beginning of a file on the disk, with its digest so far.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly RemoteFile _file;
    private readonly string _path;
    private readonly FileStream _stream;
    private BlobDigest _digest;

    internal PartialFile(RemoteFile file, string path)
    {
        (_file, _path) = (file, path);
        _digest = new BlobDigest(file);
        _stream = Try(() =>
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0)
        );
    }

    /// <summary>Bytes that are there.</summary>
    internal long Bytes { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _digest.Dispose();
        _stream.Dispose();
    }

    /// <summary>Takes what an earlier try left; more than the whole file is none of it.</summary>
    /// <param name="block">Room to read into.</param>
    /// <param name="cancellation">Stops it.</param>
    internal void TakeWhatIsThere(byte[] block, CancellationToken cancellation)
    {
        long length = _stream.Length; // a device has none, and may never end
        if (length > _file.Bytes)
        {
            Clear();
            return;
        }

        for (int read; Bytes < length; Bytes += read)
        {
            read = _stream.Read(block.AsSpan(0, (int)Math.Min(block.Length, length - Bytes)));
            if (read == 0)
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            _digest.Append(block.AsSpan(0, read));
        }
    }

    /// <summary>Begins anew.</summary>
    internal void Clear()
    {
        _digest.Dispose();
        _digest = new BlobDigest(_file);
        _stream.SetLength(0);
        _stream.Position = 0;
        Bytes = 0;
    }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="HubException">They cannot be written.</exception>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException cause)
        {
            throw Unwritable(cause);
        }

        _digest.Append(bytes);
        Bytes += bytes.Length;
    }

    /// <summary>Whether the bytes are those of the digest; to be asked once.</summary>
    internal bool IsRight() => _digest.End() == _file.Etag;

    /// <summary>Waits until the bytes are on the disk.</summary>
    /// <exception cref="HubException">They cannot be written.</exception>
    internal void Flush() =>
        Try(() =>
        {
            _stream.Flush(flushToDisk: true);
            return true;
        });

    private T Try<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (IOException cause)
        {
            throw Unwritable(cause);
        }
    }

    // A full disk above all.
    private HubException Unwritable(IOException cause) =>
        new(
            $"'{_path}' cannot be written ({MessageText.OneLine(cause.Message).TrimEnd('.')}); what was brought is kept, so make room, or let HF_HUB_CACHE name a folder on another disk, and run the same command again to go on."
        );
}
