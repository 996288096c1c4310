using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>Turns a list of texts and numbers into one digest; different lists never share an encoding.</summary>
/// <remarks>Every value is preceded by its length, so ("ab", "c") and ("a", "bc") differ.</remarks>
internal sealed class CanonicalEncoding : IDisposable
{
    // Strict: a lone surrogate would otherwise become U+FFFD, and two different texts one encoding.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public CanonicalEncoding Add(string text)
    {
        byte[] bytes;
        try
        {
            bytes = Utf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException(
                $"'{text}' holds half a surrogate pair, which no file can hold; use well-formed text."
            );
        }
        Add(bytes.Length);
        _hash.AppendData(bytes);
        return this;
    }

    public CanonicalEncoding Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
        return this;
    }

    public CanonicalEncoding Add(IReadOnlyCollection<KeyValuePair<string, string>> pairs)
    {
        Add(pairs.Count);
        foreach ((string name, string value) in pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(name).Add(value);
        }

        return this;
    }

    public Digest ToDigest() => Digest.Parse(Convert.ToHexStringLower(_hash.GetHashAndReset()));

    public void Dispose() => _hash.Dispose();
}
