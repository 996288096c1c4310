using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CircuitPipeline.Text.Tokenizers;

/// <summary>GPT-2's two files as one <c>tokenizer.json</c>: byte-level BPE without a normalizer.</summary>
/// <remarks>Radford et al. 2019; the form of the files: openai/gpt-2, <c>encoder.json</c> and <c>vocab.bpe</c>.</remarks>
internal static class Gpt2Files
{
    internal const string Vocabulary = "vocab.json";
    internal const string Merges = "merges.txt";
    internal const string Source = $"{Vocabulary} and {Merges}";
    private const string EndOfText = "<|endoftext|>";

    /// <summary>Writes the tokenizer.</summary>
    /// <param name="vocabulary">The bytes of <c>vocab.json</c>: tokens with their ids.</param>
    /// <param name="merges">The bytes of <c>merges.txt</c>: a pair in each line, after a line with the version.</param>
    /// <param name="special">Texts that are one token each, where the vocabulary has them.</param>
    /// <param name="source">The files' name for messages.</param>
    /// <exception cref="InvalidDataException">A file is not of its form.</exception>
    internal static byte[] ToTokenizerJson(
        ReadOnlyMemory<byte> vocabulary,
        ReadOnlySpan<byte> merges,
        IEnumerable<string> special,
        string source
    )
    {
        try
        {
            using JsonDocument ids = JsonDocument.Parse(JsonText.WithoutBom(vocabulary));
            ArrayBufferWriter<byte> buffer = new();
            using Utf8JsonWriter json = new(buffer);
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteStartArray("added_tokens");
            foreach (string token in special.Append(EndOfText).Distinct())
            {
                WriteAdded(json, token, ids.RootElement);
            }
            json.WriteEndArray();
            json.WriteNull("normalizer");
            WriteByteLevel(json, "pre_tokenizer");
            json.WriteNull("post_processor");
            WriteByteLevel(json, "decoder");
            WriteModel(json, ids.RootElement, merges);
            json.WriteEndObject();
            json.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"{source}: these are not the two files of a byte-level BPE ({MessageText.OneLine(cause.Message.Split(" LineNumber")[0]).TrimEnd('.')}); download them anew.",
                cause
            );
        }
    }

    private static void WriteAdded(Utf8JsonWriter json, string token, JsonElement ids)
    {
        if (!ids.TryGetProperty(token, out JsonElement id))
        {
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("id", id.GetInt32());
        json.WriteString("content", token);
        foreach (string flag in (string[])["single_word", "lstrip", "rstrip", "normalized"])
        {
            json.WriteBoolean(flag, false);
        }
        json.WriteBoolean("special", true);
        json.WriteEndObject();
    }

    private static void WriteByteLevel(Utf8JsonWriter json, string key)
    {
        json.WriteStartObject(key);
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", true);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, JsonElement ids, ReadOnlySpan<byte> merges)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WritePropertyName("vocab");
        ids.WriteTo(json);
        json.WriteStartArray("merges");
        foreach (string line in Encoding.UTF8.GetString(merges).TrimStart('\uFEFF').Split('\n'))
        {
            string pair = line.TrimEnd('\r');
            if (pair.Length > 0 && !pair.StartsWith("#version", StringComparison.Ordinal))
            {
                json.WriteStringValue(pair);
            }
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
