using System.Buffers.Binary;
using System.Text;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>A 64-bit little-endian ELF file, as far as the loader looks into it (System V ABI, chapters 4 and 5; every place is checked).</summary>
/// <param name="bytes">The file from its start, at least to the end of its program headers.</param>
/// <param name="length">The file's whole length in bytes.</param>
internal sealed class ElfFile(byte[] bytes, long length)
{
    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const uint LoadSegment = 1;
    private const uint DynamicSegment = 2;
    private const ulong StringTable = 5;
    private const ulong StringTableBytes = 10;
    private const ulong VersionNeeds = 0x6ffffffe;
    private const ulong VersionNeedCount = 0x6fffffff;

    // Enough for the header and the program headers of any library of a compiler.
    private const int StartBytes = 4096;

    /// <summary>Refuses a file that is no ELF file or lacks its end: the system's loader would end the process with SIGBUS.</summary>
    /// <exception cref="InvalidDataException">It does; the message says what is wrong.</exception>
    internal static void MustBeWhole(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[Math.Min(StartBytes, file.Length)];
        file.ReadExactly(start);
        _ = new ElfFile(start, file.Length).Segments();
    }

    /// <summary>Where the flags of a version lie that this file needs of another.</summary>
    /// <param name="library">The other file's name, such as <c>libstdc++.so.6</c>.</param>
    /// <param name="version">The version's name.</param>
    /// <returns>The place of the 16 bits <c>vna_flags</c>; null when the version is not needed.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal int? FlagsOfNeededVersion(string library, string version)
    {
        Dictionary<ulong, ulong> dynamic = Dynamic();
        if (!dynamic.TryGetValue(VersionNeeds, out ulong needs))
        {
            return null;
        }

        ReadOnlySpan<byte> strings = Part(OffsetOf(Value(dynamic, StringTable)), Value(dynamic, StringTableBytes));
        ulong need = OffsetOf(needs);
        for (ulong left = Value(dynamic, VersionNeedCount); left > 0; left--)
        {
            if (Text(strings, U32(need + 4)) == library)
            {
                ulong entry = need + U32(need + 8);
                for (ulong entries = U16(need + 2); entries > 0; entries--)
                {
                    if (Text(strings, U32(entry + 8)) == version)
                    {
                        return (int)(entry + 4);
                    }

                    entry += Step(entry + 12, entries);
                }
            }
            need += Step(need + 12, left);
        }

        return null;
    }

    private List<(uint Type, ulong Offset, ulong Address, ulong Bytes)> Segments()
    {
        bool isElf =
            bytes.Length >= HeaderBytes
            && bytes.AsSpan(0, 4).SequenceEqual("\u007fELF"u8)
            && bytes[4] == 2
            && bytes[5] == 1;
        if (!isElf)
        {
            throw new InvalidDataException("it is not a 64-bit ELF file");
        }

        ulong table = U64(32);
        int count = U16(56);
        if (U16(54) != ProgramHeaderBytes || count == 0)
        {
            throw new InvalidDataException("its ELF header is damaged");
        }

        List<(uint, ulong, ulong, ulong)> segments = [];
        for (int i = 0; i < count; i++)
        {
            ulong header = table + (ulong)(i * ProgramHeaderBytes);
            (ulong offset, ulong size) = (U64(header + 8), U64(header + 32));
            if (offset > (ulong)length || size > (ulong)length - offset)
            {
                throw LacksEnd();
            }

            segments.Add((U32(header), offset, U64(header + 16), size));
        }

        // The table of sections is not loaded, but it is the last thing in a file.
        ulong sections = U64(40);
        ulong sectionBytes = (ulong)U16(58) * U16(60);
        if (sections > (ulong)length || sectionBytes > (ulong)length - sections)
        {
            throw LacksEnd();
        }

        return segments;
    }

    private Dictionary<ulong, ulong> Dynamic()
    {
        (_, ulong start, _, ulong size) = Segments().Find(segment => segment.Type == DynamicSegment);
        Dictionary<ulong, ulong> entries = [];
        for (ulong at = start; at - start + 16 <= size && U64(at) != 0; at += 16)
        {
            entries[U64(at)] = U64(at + 8);
        }

        return entries;
    }

    private static ulong Value(Dictionary<ulong, ulong> dynamic, ulong tag) =>
        dynamic.TryGetValue(tag, out ulong value)
            ? value
            : throw new InvalidDataException($"its dynamic section lacks entry {tag}");

    private ulong OffsetOf(ulong address)
    {
        foreach ((uint type, ulong offset, ulong start, ulong size) in Segments())
        {
            if (type == LoadSegment && address >= start && address - start < size)
            {
                return address - start + offset;
            }
        }

        throw new InvalidDataException($"its dynamic section names address {address}, which lies in no segment");
    }

    // The way to the next entry; 0 is allowed at the last one only, or a damaged file would be read for ever.
    private ulong Step(ulong at, ulong left) =>
        U32(at) is var step && (step > 0 || left == 1)
            ? step
            : throw new InvalidDataException("its version table has no way to the next entry");

    private static string Text(ReadOnlySpan<byte> strings, uint offset)
    {
        if (offset >= (uint)strings.Length)
        {
            throw new InvalidDataException("a name of its version table lies outside its string table");
        }

        ReadOnlySpan<byte> text = strings[(int)offset..];
        int stop = text.IndexOf((byte)0);
        return Encoding.ASCII.GetString(stop < 0 ? text : text[..stop]);
    }

    private InvalidDataException LacksEnd() => new($"it has {length} bytes and lacks its end");

    private ushort U16(ulong at) => BinaryPrimitives.ReadUInt16LittleEndian(Part(at, 2));

    private uint U32(ulong at) => BinaryPrimitives.ReadUInt32LittleEndian(Part(at, 4));

    private ulong U64(ulong at) => BinaryPrimitives.ReadUInt64LittleEndian(Part(at, 8));

    private ReadOnlySpan<byte> Part(ulong at, ulong count) =>
        at <= (ulong)bytes.Length && count <= (ulong)bytes.Length - at
            ? bytes.AsSpan((int)at, (int)count)
            : throw new InvalidDataException($"it has {length} bytes, and its tables point behind them");
}
