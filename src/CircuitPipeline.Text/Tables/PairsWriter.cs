using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Text.Tables;

/// <summary>Writes prompt pairs as token ids, a JSON object in each line, with the texts that they came from beside them.</summary>
/// <remarks>
/// <code>{"clean":[9,8],"corrupted":[9,7],"answers":[59],"corrupted_answers":[35],"clean_text":"…","corrupted_text":"…"}</code>
/// <c>position</c> stands in a row whose answer does not follow the last token; <see cref="PairsReader"/> reads all of it.
/// </remarks>
public static class PairsWriter
{
    /// <summary>Writes rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>The file's bytes, the same for the same rows.</returns>
    public static byte[] Write(IEnumerable<UsableRow> rows)
    {
        ArrayBufferWriter<byte> buffer = new();
        // Not for HTML: '+' stays '+'.
        JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using Utf8JsonWriter json = new(buffer, options);
        foreach (UsableRow row in rows)
        {
            EncodedPair pair = row.Pair;
            json.WriteStartObject();
            WriteIds(json, "clean", pair.Clean);
            WriteIds(json, "corrupted", pair.Corrupted);
            WriteIds(json, "answers", pair.Answers);
            WriteIds(json, "corrupted_answers", pair.CorruptedAnswers);
            if (pair.Position is int position)
            {
                json.WriteNumber("position", position);
            }

            if (row.Clean is { } clean && row.Corrupted is { } corrupted)
            {
                json.WriteString("clean_text", clean);
                json.WriteString("corrupted_text", corrupted);
            }

            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
            json.Reset();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteIds(Utf8JsonWriter json, string key, ImmutableArray<int> ids)
    {
        json.WriteStartArray(key);
        foreach (int id in ids)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
    }
}
