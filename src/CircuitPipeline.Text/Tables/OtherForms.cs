namespace CircuitPipeline.Text.Tables;

/// <summary>Files that are taken for pairs and are none: what they are is told, in place of what is wrong with them as a table.</summary>
internal static class OtherForms
{
    /// <summary>Refuses compressed files, and texts that are not UTF-8 in the way in which editors and shells write them.</summary>
    /// <param name="bytes">The file's bytes, which are no Parquet.</param>
    /// <param name="source">The file's name for the message.</param>
    /// <exception cref="InvalidDataException">It is one.</exception>
    public static void Refuse(ReadOnlySpan<byte> bytes, string source)
    {
        string? packed =
            bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "gzip"
            : bytes.StartsWith("PK\x03\x04"u8) ? "zip"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? "zstd"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']) ? "xz"
            : bytes.StartsWith("BZh"u8) ? "bzip2"
            : null;
        if (packed is not null)
        {
            throw new InvalidDataException(
                $"{source}: the file is compressed ({packed}), but JSONL, CSV or Parquet is expected; unpack it first."
            );
        }

        if (bytes.Contains((byte)0))
        {
            throw new InvalidDataException(
                $"{source}: the file has NUL bytes, as binary files and texts in UTF-16 have, but JSONL or CSV in UTF-8, or Parquet, is expected; save it as UTF-8."
            );
        }
    }
}
