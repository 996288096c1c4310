using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CircuitPipeline.Hub.Download;

/// <summary>The digest of a file as the Hub names it, computed while it comes.</summary>
/// <remarks>SHA-256 of the bytes of a file in Git LFS; of another, SHA-1 of Git's blob (git-scm.com/book, Git Objects), whose header holds the size.</remarks>
internal sealed class BlobDigest : IDisposable
{
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

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    internal void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>The digest in hexadecimal digits.</summary>
    internal string End() => Convert.ToHexStringLower(_hash.GetHashAndReset());
}
