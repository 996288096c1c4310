using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Prompts;

namespace CircuitPipeline.Attribution;

/// <summary>Prompt pairs as JSON lines, one row per line: <c>{"clean":[9,8,50],"corrupted":[9,42,50],"label":[59,35]}</c>.</summary>
/// <remarks>
/// <c>label</c> holds the right next token of the clean prompt and that of the corrupted one, as in EAP-IG's data sets. Where the model's
/// folder has a <c>vocabulary.json</c>, the values may be texts instead, and a row may be one of <see cref="PromptPairFile"/>, with
/// <c>answer</c> and <c>corrupted_answer</c> in place of <c>label</c>; but a file is all of one kind. A byte order mark and carriage
/// returns are passed over, and the last line need not end.
/// </remarks>
public static class PairsFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const long LargestBytes = 1L << 28;

    /// <summary>The longest line that is read, in bytes; it has room for two prompts of a hundred thousand tokens.</summary>
    public const int LongestLine = 1 << 21;

    /// <summary>The largest token id that is read; the vocabularies of real models are a hundred times smaller.</summary>
    public const int LargestId = 1 << 24;

    /// <summary>Reads a pairs file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="vocabulary">Turns texts into token ids; null when the model's folder has none, and then texts are refused.</param>
    /// <returns>The pairs in the file's order.</returns>
    /// <exception cref="InvalidPairsException">The file is missing or damaged, or a row cannot be read; the line is named.</exception>
    public static EncodedPairs Read(string path, Vocabulary? vocabulary)
    {
        byte[] bytes;
        try
        {
            bytes = PromptFile.Bytes(path, LargestBytes);
        }
        catch (InvalidPromptsException cause)
        {
            throw new InvalidPairsException(cause.Message, cause);
        }
        return Parse(bytes, path, vocabulary);
    }

    /// <summary>Reads the bytes of a pairs file.</summary>
    /// <param name="bytes">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="vocabulary">Turns texts into token ids; null when the model's folder has none, and then texts are refused.</param>
    /// <returns>The pairs in the file's order.</returns>
    /// <exception cref="InvalidPairsException">The file is damaged, or a row cannot be read; the line is named.</exception>
    public static EncodedPairs Parse(ReadOnlyMemory<byte> bytes, string source, Vocabulary? vocabulary)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes["\uFEFF"u8.Length..];
        var pairs = ImmutableArray.CreateBuilder<EncodedPair>();
        bool areTexts = false;
        foreach (ReadOnlyMemory<byte> line in Lines(bytes))
        {
            try
            {
                PairsRow row = Row(line, vocabulary);
                if (pairs.Count > 0 && row.IsText != areTexts)
                    throw new InvalidPromptsException(
                        $"the row holds {Kind(row.IsText)}, but the rows above hold {Kind(areTexts)}; a file is all of one kind."
                    );
                areTexts = row.IsText;
                pairs.Add(row.Pair);
            }
            catch (InvalidPromptsException cause)
            {
                throw new InvalidPairsException($"{source}({pairs.Count + 1}): {cause.Message}", cause);
            }
        }
        return pairs.Count > 0
            ? EncodedPairs.Of(pairs)
            : throw new InvalidPairsException($"{source}: the file is empty, but at least one pair is expected.");
    }

    // A line end at the end of the file ends its last line and begins no further one.
    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> bytes)
    {
        for (int start = 0; start < bytes.Length; )
        {
            int length = bytes.Span[start..].IndexOf((byte)'\n');
            yield return length < 0 ? bytes[start..] : bytes.Slice(start, length);
            start = length < 0 ? bytes.Length : start + length + 1;
        }
    }

    private static PairsRow Row(ReadOnlyMemory<byte> line, Vocabulary? vocabulary)
    {
        if (line.Length > LongestLine)
            throw new InvalidPromptsException(
                $"the line has '{line.Length}' bytes, but at most {LongestLine} are read."
            );
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return PairsRow.Of(document.RootElement, vocabulary);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new InvalidPromptsException(
                "the line is not one JSON object with 'clean', 'corrupted' and 'label', each key once and all of it UTF-8."
            );
        }
    }

    private static string Kind(bool isText) => isText ? "texts" : "token ids";
}
