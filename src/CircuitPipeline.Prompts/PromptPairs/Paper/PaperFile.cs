using System.Collections.Immutable;
using System.Text;
using CircuitPipeline.Prompts.Files;

namespace CircuitPipeline.Prompts.PromptPairs.Paper;

/// <summary>Reads the data files of Wang et al. 2025 (arXiv:2502.11812): CSV with the columns <c>clean,corrupted,label</c>.</summary>
/// <remarks>A byte order mark is passed over; lines end with a line feed, with or without a carriage return.</remarks>
public static class PaperFile
{
    /// <summary>The largest file that is read, in bytes; the paper's have less than a million.</summary>
    public const long LargestBytes = 1L << 24;

    /// <summary>The most rows that are read; the paper's files have at most 5,000.</summary>
    public const int MostRows = 100_000;

    private const string Heading = "clean,corrupted,label";

    /// <summary>Reads a data file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The rows; what is wrong with single ones is under <see cref="PaperRows.Problems"/>.</returns>
    /// <exception cref="InvalidDataException">The file is missing or no CSV file of these columns.</exception>
    public static PaperRows Read(string path) => Parse(PromptFile.Bytes(path, LargestBytes), path);

    /// <summary>Reads the bytes of a data file.</summary>
    /// <param name="bytes">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <returns>The rows; what is wrong with single ones is under <see cref="PaperRows.Problems"/>.</returns>
    /// <exception cref="InvalidDataException">The bytes are no CSV file of these columns.</exception>
    public static PaperRows Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        ImmutableArray<PaperRow>.Builder rows = ImmutableArray.CreateBuilder<PaperRow>();
        ImmutableArray<PaperProblem>.Builder ragged = ImmutableArray.CreateBuilder<PaperProblem>();
        bool isHeading = true;
        foreach ((int line, ImmutableArray<string> fields) in new CsvReader(Text(bytes.Span, source), source).Records())
        {
            if (isHeading)
            {
                MustBeHeading(string.Join(',', fields), source);
                isHeading = false;
            }
            else if (rows.Count + ragged.Count == MostRows)
            {
                throw PromptFile.At(source, line, $"the file has more than the {MostRows} rows that are read.");
            }
            else if (fields is [var clean, var corrupted, var label])
            {
                rows.Add(new PaperRow(line, clean, corrupted, label));
            }
            else
            {
                ragged.Add(
                    new PaperProblem(source, line, $"the row has '{fields.Length}' fields, but 3 are expected.")
                );
            }
        }
        if (isHeading)
        {
            MustBeHeading("", source);
        }
        return rows.Count + ragged.Count > 0
            ? new PaperRows(source, rows.ToImmutable(), ragged.ToImmutable())
            : throw PromptFile.At(source, 1, "no row follows the heading, but at least one is expected.");
    }

    private static void MustBeHeading(string found, string source)
    {
        if (found != Heading)
        {
            throw PromptFile.At(
                source,
                1,
                $"the heading is '{MessageText.OneLine(found)}', but '{Heading}' is expected, the columns in this order."
            );
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes, string source)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes["\uFEFF"u8.Length..];
        }
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException cause)
        {
            int line = 1 + bytes[..Math.Clamp(cause.Index, 0, bytes.Length)].Count((byte)'\n');
            throw PromptFile.At(source, line, "the bytes here are not UTF-8; save the file as UTF-8.");
        }
    }
}
