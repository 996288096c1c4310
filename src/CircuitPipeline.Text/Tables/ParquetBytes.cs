using System.Buffers.Binary;
using Parquet.Meta;

namespace CircuitPipeline.Text.Tables;

/// <summary>Checks that a Parquet file's footer and page headers promise no more than the file has, before its reader believes them.</summary>
/// <remarks>Format: README.md and src/main/thrift/parquet.thrift of apache/parquet-format; numbers of fields are theirs.</remarks>
internal static class ParquetBytes
{
    private const int TailLength = 8;
    private const string Damaged = "its pages are not where it says";

    // PageHeader
    private const int UncompressedSize = 2;
    private const int CompressedSize = 3;
    private const int DataPage = 5;
    private const int DataPageV2 = 8;
    private const int NumValues = 1;

    /// <summary>Checks the footer: its length, and what is in it.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the reason alone.</exception>
    public static void MustHoldFooter(ReadOnlySpan<byte> bytes)
    {
        int length =
            bytes.Length > TailLength && bytes.EndsWith(ParquetTable.Magic)
                ? BinaryPrimitives.ReadInt32LittleEndian(bytes[^TailLength..])
                : throw new InvalidDataException("it does not end as one");
        if (length < 1 || length > bytes.Length - TailLength)
        {
            throw new InvalidDataException("it is cut off");
        }

        ThriftStruct.Walk(bytes[^(length + TailLength)..^TailLength], out _);
    }

    /// <summary>Checks the pages: that they lie in the file one behind another, and hold as many values as their columns have.</summary>
    /// <exception cref="InvalidDataException">They do not, or are too large when unpacked; the reason alone.</exception>
    public static void MustHoldPages(ReadOnlySpan<byte> bytes, List<RowGroup> groups)
    {
        long unpacked = 0;
        foreach (ColumnMetaData column in groups.SelectMany(group => group.Columns).Select(Described))
        {
            long start = Math.Min(column.DataPageOffset, column.DictionaryPageOffset ?? long.MaxValue);
            if (start < 0 || column.TotalCompressedSize < 0 || start > bytes.Length - column.TotalCompressedSize)
            {
                throw new InvalidDataException(Damaged);
            }

            ReadOnlySpan<byte> rest = bytes.Slice((int)start, (int)column.TotalCompressedSize);
            long values = 0;
            while (!rest.IsEmpty)
            {
                int header = ThriftStruct.Walk(rest, out IReadOnlyDictionary<(int, int), long> numbers);
                long size = numbers.GetValueOrDefault((0, CompressedSize), -1);
                long whole = numbers.GetValueOrDefault((0, UncompressedSize), -1);
                long here =
                    numbers.GetValueOrDefault((DataPage, NumValues))
                    + numbers.GetValueOrDefault((DataPageV2, NumValues));
                if (size < 0 || size > rest.Length - header || whole < 0 || here < 0)
                {
                    throw new InvalidDataException(Damaged);
                }

                (values, unpacked) = (values + here, unpacked + Math.Min(whole, ParquetTable.LargestUnpacked + 1));
                rest = rest[(header + (int)size)..];
                if (unpacked > ParquetTable.LargestUnpacked)
                {
                    throw new InvalidDataException(
                        $"it has more than {ParquetTable.LargestUnpacked} bytes when unpacked, which is the most that is read"
                    );
                }
            }

            if (values != column.NumValues)
            {
                throw new InvalidDataException(Damaged);
            }
        }
    }

    private static ColumnMetaData Described(ColumnChunk column) =>
        column.MetaData ?? throw new InvalidDataException(Damaged);
}
