using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Serialization;

namespace CircuitPipeline.Text.Tables;

/// <summary>Parquet, as the Hub's data sets come, by Parquet.Net: columns of texts and numbers, groups and lists of them.</summary>
internal static class ParquetTable
{
    /// <summary>The largest content that is read, unpacked, in bytes.</summary>
    public const long LargestUnpacked = 1L << 29;

    /// <summary>How a file begins and ends.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    public static IEnumerable<TableRow> Rows(byte[] bytes, string source)
    {
        IReadOnlyList<Dictionary<string, object>> rows = Unpacked(bytes, source);
        for (int row = 0; row < rows.Count; row++)
        {
            yield return new TableRow(row + 1, Group(rows[row]));
        }
    }

    private static IReadOnlyList<Dictionary<string, object>> Unpacked(byte[] bytes, string source)
    {
        try
        {
            return UnpackedAsync(bytes).GetAwaiter().GetResult();
        }
        // The library has many exceptions for damaged files, those of indices among them.
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            throw new InvalidDataException(
                $"{source}: the Parquet file cannot be read ({MessageText.OneLine(cause.Message).TrimEnd('.')}); download it anew, or save it as CSV.",
                cause
            );
        }
    }

    private static async Task<IReadOnlyList<Dictionary<string, object>>> UnpackedAsync(byte[] bytes)
    {
        ParquetBytes.MustHoldFooter(bytes);
        using MemoryStream stream = new(bytes, writable: false);
        await using (
            ParquetReader reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false)
        )
        {
            ParquetBytes.MustHoldPages(bytes, reader.Metadata?.RowGroups ?? []);
            long rows = reader.Metadata?.RowGroups.Sum(group => group.NumRows) ?? 0;
            long unpacked = reader.Metadata?.RowGroups.Sum(group => group.TotalByteSize) ?? 0;
            if (rows > PairTable.MostRows || unpacked > LargestUnpacked)
            {
                throw new InvalidDataException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"it has {rows:N0} rows and {unpacked:N0} bytes, but at most {PairTable.MostRows:N0} and {LargestUnpacked:N0} are read"
                    )
                );
            }
        }

        stream.Position = 0;
        return [.. (await ParquetSerializer.DeserializeUntypedAsync(stream).ConfigureAwait(false)).Data];
    }

    private static JsonObject Group(IDictionary values)
    {
        JsonObject group = [];
        foreach (DictionaryEntry entry in values)
        {
            group[(string)entry.Key] = Value(entry.Value);
        }

        return group;
    }

    private static JsonNode? Value(object? value) =>
        value switch
        {
            null => null,
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
            float or double or decimal => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            sbyte or byte or short or ushort or int or uint or long => Whole(
                Convert.ToInt64(value, CultureInfo.InvariantCulture)
            ),
            IDictionary group => Group(group),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Value)]),
            _ => JsonValue.Create(value.ToString()),
        };

    // As small as it can be: a value of Int64 is not read as one of Int32, though it may be a token id.
    private static JsonValue Whole(long value) =>
        value is >= int.MinValue and <= int.MaxValue ? JsonValue.Create((int)value) : JsonValue.Create(value);
}
