using System.Buffers.Text;
using System.Text;
using CircuitPipeline.Prompts.Corpora;

namespace CircuitPipeline.Prompts.Files;

/// <summary>The corpus as a text file: a heading, then the token ids of one line per line, without padding.</summary>
/// <remarks>
/// The heading reads <c>corpus 1 lines 128000 length 11 vocabulary 270</c> (version, number of lines, tokens in the
/// longest line, size of the vocabulary), so that a file that is cut off or belongs to another vocabulary is refused.
/// </remarks>
public static class CorpusFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const long LargestBytes = 1L << 30;

    private const int MostTokens = 1 << 28;

    /// <summary>Writes a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <returns>The file's bytes, the same for the same corpus.</returns>
    public static byte[] Write(Corpus corpus)
    {
        StringBuilder text = new(Heading(corpus.LineCount, corpus.Length, corpus.Vocabulary.Count));
        for (int line = 0; line < corpus.LineCount; line++)
        {
            text.Append('\n').AppendJoin(' ', corpus.Line(line).ToArray());
        }
        return Encoding.ASCII.GetBytes(text.Append('\n').ToString());
    }

    /// <summary>Reads a corpus file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="vocabulary">The vocabulary it was made with.</param>
    /// <returns>The corpus.</returns>
    /// <exception cref="InvalidDataException">The file is missing or damaged, or belongs to another vocabulary.</exception>
    public static Corpus Read(string path, Vocabulary vocabulary) =>
        Parse(PromptFile.Bytes(path, LargestBytes), path, vocabulary);

    /// <summary>Reads the bytes of a corpus file.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="vocabulary">The vocabulary it was made with.</param>
    /// <returns>The corpus.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or belongs to another vocabulary.</exception>
    public static Corpus Parse(ReadOnlyMemory<byte> bytes, string source, Vocabulary vocabulary)
    {
        List<int[]> lines = new();
        int longest = 0;
        string heading = "";
        foreach ((int number, ReadOnlyMemory<byte> line) in PromptFile.Lines(bytes, source))
        {
            if (number == 1)
            {
                heading = Encoding.Latin1.GetString(line.Span);
                continue;
            }
            lines.Add(Ids(line.Span, source, number, vocabulary));
            longest = Math.Max(longest, lines[^1].Length);
        }
        string expected = Heading(lines.Count, longest, vocabulary.Count);
        if (heading != expected || lines.Count == 0)
        {
            string found = MessageText.OneLine(heading);
            throw PromptFile.At(
                source,
                1,
                $"the heading is '{found}', but the lines below and the vocabulary say '{expected}'."
            );
        }
        return (long)lines.Count * longest <= MostTokens
            ? new Corpus(lines, vocabulary)
            : throw PromptFile.At(
                source,
                1,
                $"{lines.Count} lines of {longest} tokens are more than the {MostTokens} that are read."
            );
    }

    private static string Heading(int lines, int length, int vocabulary) =>
        $"corpus 1 lines {lines} length {length} vocabulary {vocabulary}";

    private static int[] Ids(ReadOnlySpan<byte> line, string source, int number, Vocabulary vocabulary)
    {
        int[] ids = new int[line.Count((byte)' ') + 1];
        int place = 0;
        foreach (Range range in line.Split((byte)' '))
        {
            ids[place++] =
                Id(line[range], vocabulary)
                ?? throw PromptFile.At(
                    source,
                    number,
                    $"'{MessageText.OneLine(Encoding.Latin1.GetString(line[range]))}' at place {place} is not a token id; "
                        + $"0 to {vocabulary.Count - 1} is allowed."
                );
        }
        return ids[^1] == vocabulary.EosId && !ids.AsSpan().Contains(vocabulary.PadId)
            ? ids
            : throw PromptFile.At(
                source,
                number,
                $"the line holds padding or does not end with the id '{vocabulary.EosId}' of '{Vocabulary.Eos}'."
            );
    }

    // One spelling per id: digits without sign, blank or leading zero.
    private static int? Id(ReadOnlySpan<byte> digits, Vocabulary vocabulary) =>
        digits is [>= (byte)'1' and <= (byte)'9', ..] or [(byte)'0']
        && Utf8Parser.TryParse(digits, out int id, out int used)
        && used == digits.Length
        && id < vocabulary.Count
            ? id
            : null;
}
