using CircuitPipeline.Prompts.Files;

namespace CircuitPipeline.Text.Tables;

/// <summary>The rows of a file of prompt pairs in any of the field's forms: JSONL, CSV with a header row, Parquet.</summary>
/// <remarks>The form is told by how the file begins, not by its name: <c>PAR1</c>, an opening brace, or anything else.</remarks>
internal static class PairTable
{
    /// <summary>The most rows that are read.</summary>
    public const int MostRows = 1_000_000;

    /// <summary>The most columns that a row may have.</summary>
    public const int MostColumns = 1_000;

    /// <summary>Reads the rows one by one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is missing, too large, damaged or has no row; the line is named where there is one.</exception>
    public static IEnumerable<TableRow> Rows(string path)
    {
        byte[] bytes = PromptFile.Bytes(path, PairsFile.LargestBytes);
        bool isEmpty = true;
        foreach (TableRow row in Rows(bytes, path))
        {
            isEmpty = false;
            if (row.Cells.Count > MostColumns)
            {
                throw PromptFile.At(
                    path,
                    row.Line,
                    $"the row has '{row.Cells.Count}' columns, but at most {MostColumns} are read."
                );
            }

            yield return row;
        }

        if (isEmpty)
        {
            throw new InvalidDataException(
                $"{path}: the file has no row, but at least one pair is expected; give a JSON object in a line, or a line of CSV below the names of its columns, for each."
            );
        }
    }

    private static IEnumerable<TableRow> Rows(byte[] bytes, string path)
    {
        ReadOnlySpan<byte> start = bytes.AsSpan().TrimStart("\uFEFF \t\r\n"u8);
        if (start.StartsWith(ParquetTable.Magic))
        {
            return ParquetTable.Rows(bytes, path);
        }

        OtherForms.Refuse(bytes, path);
        return start.IsEmpty ? []
            : start[0] == '{' ? JsonLinesTable.Rows(bytes, path)
            : IsJsonList(start)
                ? throw new InvalidDataException(
                    $"{path}: the file is one JSON list, but JSONL has an object in each line; write each row into a line of its own, without the brackets and commas around them."
                )
            : CsvTable.Rows(bytes, path);
    }

    private static bool IsJsonList(ReadOnlySpan<byte> start) =>
        start[0] == '[' && start[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[' or (byte)']', ..];
}
