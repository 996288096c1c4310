using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>A SHA-256 digest; written as 64 lower-case hexadecimal digits.</summary>
public readonly record struct Digest : IComparable<Digest>
{
    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    private Digest(ReadOnlySpan<byte> hash)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(hash);
        _second = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(hash[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(hash[24..]);
    }

    /// <summary>The first twelve digits, for people.</summary>
    public string Short => ToString()[..12];

    /// <summary>Reads 64 lower-case hexadecimal digits.</summary>
    public static Digest Parse(string text) =>
        TryParse(text, out Digest digest)
            ? digest
            : throw new FormatException($"'{text}' is not a SHA-256 digest: 64 lower-case hexadecimal digits.");

    /// <summary>Reads 64 lower-case hexadecimal digits; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is not { Length: 64 } || text.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return false;
        }

        digest = new Digest(Convert.FromHexString(text));
        return true;
    }

    /// <summary>The digest of these bytes.</summary>
    public static Digest OfBytes(ReadOnlySpan<byte> bytes) => new(SHA256.HashData(bytes));

    /// <summary>The digest of the text's UTF-8 bytes.</summary>
    public static Digest OfText(string text) => OfBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>The digest of the file's bytes.</summary>
    public static Digest OfFile(string path) => OfFile(path, CancellationToken.None);

    /// <summary>The digest of the file's bytes, which may be gigabytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Digest OfFile(string path, CancellationToken cancellation)
    {
        // The buffer is this method's own (below), so the stream needs none.
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        return OfStream(stream, cancellation);
    }

    /// <summary>The digest of the rest of the stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Digest OfStream(Stream stream, CancellationToken cancellation = default)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 17); // 128 KiB: larger reads are not faster
        try
        {
            for (int read; (read = stream.Read(buffer)) > 0; )
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer.AsSpan(0, read));
            }

            return new Digest(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public int CompareTo(Digest other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>All 64 digits.</summary>
    public override string ToString() => $"{_first:x16}{_second:x16}{_third:x16}{_fourth:x16}";
}
