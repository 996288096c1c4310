using System.Text.Encodings.Web;
using System.Text.Json;

namespace CircuitPipeline.Prompts.Files;

/// <summary>A vocabulary as <c>vocabulary.json</c> beside the model: <c>{"format":"word-level","version":1,"words":[…]}</c>.</summary>
/// <remarks>
/// The words stand in the order of their ids, one blank between two words of a text; so whoever has the file can
/// tokenize without this project: split at blanks, look up the place.
/// </remarks>
public static class VocabularyFile
{
    /// <summary>The file's usual name in a model folder.</summary>
    public const string Name = "vocabulary.json";

    /// <summary>The largest file that is read, in bytes.</summary>
    public const long LargestBytes = 1L << 24;

    private const string Format = "word-level";

    /// <summary>Writes a vocabulary.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <returns>The file's bytes, the same for the same vocabulary.</returns>
    public static byte[] Write(Vocabulary vocabulary)
    {
        using MemoryStream buffer = new();
        JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter json = new(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", 1);
            json.WriteStartArray("words");
            foreach (string word in vocabulary.Words)
            {
                json.WriteStringValue(word);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Reads a vocabulary file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="InvalidDataException">The file is missing or damaged.</exception>
    public static Vocabulary Read(string path) => Parse(PromptFile.Bytes(path, LargestBytes), path);

    /// <summary>Reads the bytes of a vocabulary file.</summary>
    /// <param name="bytes">The file's bytes, UTF-8.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static Vocabulary Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        string[] words = Words(bytes, source);
        try
        {
            return new Vocabulary(words);
        }
        catch (InvalidDataException cause)
        {
            throw new InvalidDataException($"{source}: {cause.Message}", cause);
        }
    }

    private static string[] Words(ReadOnlyMemory<byte> bytes, string source)
    {
        bytes = JsonText.WithoutBom(bytes);
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                bytes,
                new JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            JsonElement file = document.RootElement;
            bool known =
                file.GetPropertyCount() == 3
                && file.TryGetProperty("format", out JsonElement format)
                && format.ValueEquals(Format)
                && file.TryGetProperty("version", out JsonElement version)
                && version.TryGetInt32(out int number)
                && number == 1;
            return known && file.TryGetProperty("words", out JsonElement words)
                ? [.. words.EnumerateArray().Select(word => word.GetString() ?? "")]
                : throw Foreign(source, null);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            JsonText.RefuseOther(bytes.Span, source);
            throw Foreign(source, cause);
        }
    }

    private static InvalidDataException Foreign(string source, Exception? cause) =>
        new(
            $"{source}: this is not a vocabulary of format '{Format}', version 1, with exactly 'format', 'version' and a list 'words'.",
            cause
        );
}
