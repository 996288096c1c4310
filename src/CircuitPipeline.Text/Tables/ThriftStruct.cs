namespace CircuitPipeline.Text.Tables;

/// <summary>A struct of Thrift's compact protocol, walked once so that nothing in it promises more than its bytes hold.</summary>
/// <remarks>
/// Format: doc/specs/thrift-compact-protocol.md of apache/thrift. Parquet.Net reads on behind the end of damaged ones, and on; every
/// element has a byte at least, so a walk that checks this takes time in proportion to the bytes.
/// </remarks>
internal ref struct ThriftStruct
{
    private const int DeepestNesting = 32;
    private const string Damaged = "its description of itself is damaged";

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Dictionary<(int Outer, int Field), long> _numbers = [];
    private int _at;

    private ThriftStruct(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Walks a struct that begins with the first byte.</summary>
    /// <param name="bytes">The struct and what may follow it.</param>
    /// <param name="numbers">The whole numbers of its fields, with 0 before their own number, and of the fields of structs in it.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="InvalidDataException">It goes on behind the end, or is nested too deeply.</exception>
    public static int Walk(ReadOnlySpan<byte> bytes, out IReadOnlyDictionary<(int Outer, int Field), long> numbers)
    {
        ThriftStruct walk = new(bytes);
        walk.Struct(0, 1);
        numbers = walk._numbers;
        return walk._at;
    }

    private void Struct(int outer, int depth)
    {
        int field = 0;
        for (byte header = Byte(); header != 0; header = Byte())
        {
            field = header >> 4 is > 0 and int step ? field + step : (int)Number();
            if (Value(header & 15, field, depth, isField: true) is long number && depth <= 2)
            {
                _numbers[(outer, field)] = number;
            }
        }
    }

    private long? Value(int type, int field, int depth, bool isField)
    {
        switch (type)
        {
            case 1 or 2 when isField: // the type is the value
                return null;
            case 1 or 2 or 3:
                Byte();
                return null;
            case 4 or 5 or 6:
                return Number();
            case 7:
                Skip(sizeof(double));
                return null;
            case 8:
                Skip(Varint());
                return null;
            case 9 or 10:
                byte header = Byte();
                Elements(header >> 4 is < 15 and int few ? (ulong)few : Varint(), [header & 15], depth);
                return null;
            case 11:
                ulong count = Varint();
                byte types = count == 0 ? (byte)0 : Byte();
                Elements(count, [types >> 4, types & 15], depth);
                return null;
            case 12 when depth < DeepestNesting:
                Struct(field, depth + 1);
                return null;
            default:
                throw new InvalidDataException(Damaged);
        }
    }

    private void Elements(ulong count, scoped ReadOnlySpan<int> types, int depth)
    {
        if (count > (ulong)(_bytes.Length - _at) || depth >= DeepestNesting)
        {
            throw new InvalidDataException(Damaged);
        }

        for (ulong element = 0; element < count; element++)
        {
            foreach (int type in types)
            {
                // One more, so that numbers of structs in lists are not taken for those of fields.
                Value(type, 0, Math.Max(depth + 1, 3), isField: false);
            }
        }
    }

    private long Number()
    {
        ulong zigzag = Varint();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        throw new InvalidDataException(Damaged);
    }

    private byte Byte() => _at < _bytes.Length ? _bytes[_at++] : throw new InvalidDataException(Damaged);

    private void Skip(ulong length)
    {
        if (length > (ulong)(_bytes.Length - _at))
        {
            throw new InvalidDataException(Damaged);
        }

        _at += (int)length;
    }
}
