using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CircuitPipeline.Hub.Download;

/// <summary>The digest of a file as the Hub names it, computed while it comes.</summary>
/// <remarks>SHA-256 of the bytes of a file in Git LFS; of another, SHA-1 of Git's blob (git-scm.com/book, Git Objects), whose header holds the size.</remarks>
internal sealed class BlobDigest : IDisposable
{
    private const int Block = 1 << 20;

    private readonly IncrementalHash _hash;

    internal BlobDigest(RemoteFile file)
    {
        _hash = IncrementalHash.CreateHash(file.IsLarge ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        if (!file.IsLarge)
        {
            _hash.AppendData(
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {file.Bytes}\0"))
            );
        }
    }

    /// <summary>The digest of a file on the disk, as the Hub would name it.</summary>
    /// <param name="file">What the Hub says of it: which kind of digest.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static string OfFile(RemoteFile file, string path, CancellationToken cancellation)
    {
        using BlobDigest digest = new(file);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] block = new byte[Block];
        for (int read; (read = stream.Read(block)) > 0; digest.Append(block.AsSpan(0, read)))
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return digest.End();
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    internal void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>The digest in hexadecimal digits.</summary>
    internal string End() => Convert.ToHexStringLower(_hash.GetHashAndReset());
}
