using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Prompts.Files;

/// <summary>Prompt pairs as JSON lines: <c>{"clean":…,"corrupted":…,"answer":…,"corrupted_answer":…}</c>.</summary>
public static class PromptPairFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const long LargestBytes = 1L << 28;

    /// <summary>The longest line that is read, in bytes; a line is parsed whole, which takes a dozen times its size.</summary>
    public const int LongestLine = 1 << 21;

    private static readonly string[] Keys = ["clean", "corrupted", "answer", "corrupted_answer"];

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
            json.WriteString("clean", pair.Clean);
            json.WriteString("corrupted", pair.Corrupted);
            json.WriteString("answer", pair.Answer);
            json.WriteString("corrupted_answer", pair.CorruptedAnswer);
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
            json.Reset();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a file of prompt pairs.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="vocabulary">The vocabulary that the prompts must fit; null leaves that to another tokenizer.</param>
    /// <returns>The pairs in the file's order.</returns>
    /// <exception cref="InvalidPromptsException">The file is missing, damaged or does not fit the vocabulary.</exception>
    public static ImmutableArray<PromptPair> Read(string path, Vocabulary? vocabulary) =>
        Parse(PromptFile.Bytes(path, LargestBytes), path, vocabulary);

    /// <summary>Reads the bytes of a file of prompt pairs.</summary>
    /// <param name="bytes">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="vocabulary">The vocabulary that the prompts must fit; null leaves that to another tokenizer.</param>
    /// <returns>The pairs in the file's order.</returns>
    /// <exception cref="InvalidPromptsException">The file is damaged or does not fit the vocabulary.</exception>
    public static ImmutableArray<PromptPair> Parse(ReadOnlyMemory<byte> bytes, string source, Vocabulary? vocabulary)
    {
        ImmutableArray<PromptPair>.Builder pairs = ImmutableArray.CreateBuilder<PromptPair>();
        JsonDocumentOptions options = new() { AllowDuplicateProperties = false };
        foreach ((int number, ReadOnlyMemory<byte> line) in PromptFile.Lines(bytes, source))
        {
            if (line.Length > LongestLine)
            {
                throw PromptFile.At(
                    source,
                    number,
                    $"the line has '{line.Length}' bytes, but at most {LongestLine} are read."
                );
            }
            try
            {
                using JsonDocument document = JsonDocument.Parse(line, options);
                pairs.Add(Pair(document.RootElement));
                vocabulary?.MustFit(pairs[^1]);
            }
            catch (Exception cause) when (cause is JsonException or InvalidOperationException)
            {
                throw PromptFile.At(
                    source,
                    number,
                    $"the line is not one JSON object of the texts '{string.Join("', '", Keys)}'."
                );
            }
            catch (InvalidPromptsException cause)
            {
                throw PromptFile.At(source, number, cause.Message);
            }
        }
        return pairs.Count > 0
            ? pairs.ToImmutable()
            : throw new InvalidPromptsException($"{source}: the file is empty, but at least one pair is expected.");
    }

    private static PromptPair Pair(JsonElement line)
    {
        foreach (JsonProperty property in line.EnumerateObject())
        {
            if (!Keys.Contains(property.Name))
            {
                throw new InvalidPromptsException(
                    $"the key '{Shortened.Text(property.Name)}' is unknown; '{string.Join("', '", Keys)}' are allowed."
                );
            }
        }
        return new PromptPair(Text(Keys[0]), Text(Keys[1]), Text(Keys[2]), Text(Keys[3]));

        string Text(string key) =>
            !line.TryGetProperty(key, out JsonElement value)
                ? throw new InvalidPromptsException($"the key '{key}' is missing.")
            : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
            : throw new InvalidPromptsException(
                $"'{key}' is '{Shortened.Text(value.ToString())}', but a text is expected."
            );
    }
}

/// <summary>Bytes and lines of the room's files, with one-sentence errors for files that are missing, too long or cut off.</summary>
internal static class PromptFile
{
    public static byte[] Bytes(string path, long largest)
    {
        if (!File.Exists(path))
        {
            throw new InvalidPromptsException($"{path}: there is no such file.");
        }
        try
        {
            long found = new FileInfo(path).Length;
            return found <= largest
                ? File.ReadAllBytes(path)
                : throw new InvalidPromptsException(
                    $"{path}: the file has '{found}' bytes, but at most {largest} are read."
                );
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidPromptsException(
                $"{path}: the file cannot be read ({Shortened.Text(cause.Message).TrimEnd('.')}).",
                cause
            );
        }
    }

    /// <summary>The lines with their numbers from 1; every line, the last included, ends with a line feed.</summary>
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Line)> Lines(ReadOnlyMemory<byte> bytes, string source)
    {
        int number = 1;
        for (int start = 0; start < bytes.Length; number++)
        {
            int length = bytes.Span[start..].IndexOf((byte)'\n');
            if (length < 0)
            {
                throw At(source, number, "the line does not end; the file is cut off here.");
            }
            yield return (number, bytes.Slice(start, length));
            start += length + 1;
        }
    }

    public static InvalidPromptsException At(string source, int line, string sentence) =>
        new($"{source}({line}): {sentence}");
}

/// <summary>A prompt, or a file of prompts, cannot be used; the message is one sentence with place, found and allowed.</summary>
public sealed class InvalidPromptsException(string message, Exception? cause = null) : Exception(message, cause);
