using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Prompts.Files;

/// <summary>Prompt pairs as a study keeps them, JSON lines of texts or of token ids.</summary>
/// <remarks>
/// <code>
/// {"clean":"8 + 1 =","corrupted":"8 - 1 =","answer":"9","corrupted_answer":"7"}
/// {"clean":"max 7 ? =","corrupted":"max 8 ? =","answers":["8","9"],"corrupted_answers":["9"]}
/// {"clean":[9,8,50],"corrupted":[9,42,50],"answers":[59,60],"corrupted_answers":[35]}
/// </code>
/// The first two are pairs that a study draws, by <see cref="Write"/>; the last is one that it reads from another file, as
/// <c>dotnet circuit pairs</c> writes it too: lists of answers are sets, in each of which an answer is once and which may be empty;
/// <c>position</c> may say behind which token the answer belongs, and <c>clean_text</c> and <c>corrupted_text</c> what the prompts were
/// before they were token ids. A file is all of one kind, and each of its lines ends. Files of other forms, as people have them, are read
/// by the package CircuitPipeline.Text.
/// </remarks>
public static class PairsFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const long LargestBytes = 1L << 28;

    /// <summary>The longest line that is read, in bytes; a line is parsed whole, which takes a dozen times its size.</summary>
    public const int LongestLine = 1 << 21;

    /// <summary>The largest token id that is read; the vocabularies of real models are a hundred times smaller.</summary>
    public const int LargestId = 1 << 24;

    /// <summary>Writes prompt pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <returns>The file's bytes, the same for the same pairs.</returns>
    public static byte[] Write(IEnumerable<PromptPair> pairs)
    {
        ArrayBufferWriter<byte> buffer = new();
        // Not for HTML: '+' stays '+'.
        JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using Utf8JsonWriter json = new(buffer, options);
        foreach (PromptPair pair in pairs)
        {
            json.WriteStartObject();
            json.WriteString(PairsRow.Clean, pair.Clean);
            json.WriteString(PairsRow.Corrupted, pair.Corrupted);
            WriteAnswers(json, pair);
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
            json.Reset();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a pairs file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="vocabulary">Turns texts into token ids; null when the model's folder has none, and then texts are refused.</param>
    /// <returns>The pairs in the file's order.</returns>
    /// <exception cref="InvalidDataException">The file is missing or damaged, or a row cannot be read; the line is named.</exception>
    public static EncodedPairs Read(string path, Vocabulary? vocabulary) =>
        Parse(PromptFile.Bytes(path, LargestBytes), path, vocabulary);

    /// <summary>Reads the bytes of a pairs file.</summary>
    /// <param name="bytes">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="vocabulary">Turns texts into token ids; null when the model's folder has none, and then texts are refused.</param>
    /// <returns>The pairs in the file's order.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or a row cannot be read; the line is named.</exception>
    public static EncodedPairs Parse(ReadOnlyMemory<byte> bytes, string source, Vocabulary? vocabulary)
    {
        ImmutableArray<EncodedPair>.Builder pairs = ImmutableArray.CreateBuilder<EncodedPair>();
        bool areTexts = false;
        foreach ((int number, ReadOnlyMemory<byte> line) in PromptFile.Lines(bytes, source))
        {
            try
            {
                PairsRow row = Row(line, vocabulary);
                if (pairs.Count > 0 && row.IsText != areTexts)
                {
                    throw new InvalidDataException(
                        $"the row holds {PairsRow.Kind(row.IsText)}, but the rows above hold {PairsRow.Kind(areTexts)}; a file is all of one kind."
                    );
                }

                areTexts = row.IsText;
                pairs.Add(row.Pair);
            }
            catch (InvalidDataException cause)
            {
                throw PromptFile.At(source, number, cause.Message);
            }
        }
        return pairs.Count > 0
            ? EncodedPairs.Of(pairs)
            : throw new InvalidDataException($"{source}: the file is empty, but at least one pair is expected.");
    }

    private static void WriteAnswers(Utf8JsonWriter json, PromptPair pair)
    {
        if (pair.Answers is [var answer] && pair.CorruptedAnswers is [var wrong])
        {
            json.WriteString(PairsRow.Answer, answer);
            json.WriteString(PairsRow.CorruptedAnswer, wrong);
            return;
        }
        WriteList(PairsRow.Answers, pair.Answers);
        WriteList(PairsRow.CorruptedAnswers, pair.CorruptedAnswers);

        void WriteList(string key, ImmutableArray<string> texts)
        {
            json.WriteStartArray(key);
            foreach (string text in texts)
            {
                json.WriteStringValue(text);
            }
            json.WriteEndArray();
        }
    }

    private static PairsRow Row(ReadOnlyMemory<byte> line, Vocabulary? vocabulary)
    {
        if (line.Length > LongestLine)
        {
            throw new InvalidDataException($"the line has '{line.Length}' bytes, but at most {LongestLine} are read.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(
                line,
                new JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            return PairsRow.Of(document.RootElement, vocabulary);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("the line is not one JSON object with each key once and all of it UTF-8.");
        }
    }
}
