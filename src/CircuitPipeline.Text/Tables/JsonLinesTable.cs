using System.Text.Json;
using System.Text.Json.Nodes;
using CircuitPipeline.Prompts.Files;

namespace CircuitPipeline.Text.Tables;

/// <summary>One JSON object per line; blank lines, byte order marks and carriage returns are passed over.</summary>
internal static class JsonLinesTable
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static IEnumerable<TableRow> Rows(ReadOnlyMemory<byte> bytes, string source)
    {
        int number = 0;
        for (int start = 0; start < bytes.Length; )
        {
            int length = bytes.Span[start..].IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = Trimmed(length < 0 ? bytes[start..] : bytes.Slice(start, length));
            start = length < 0 ? bytes.Length : start + length + 1;
            number++;
            if (!line.IsEmpty)
            {
                yield return new TableRow(number, Object(line, source, number));
            }
        }
    }

    // Files that were put together have byte order marks in their middle too.
    private static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> line) => JsonText.WithoutBom(line).Trim(" \t\r"u8);

    private static JsonObject Object(ReadOnlyMemory<byte> line, string source, int number)
    {
        if (line.Length > PairsFile.LongestLine)
        {
            throw PromptFile.At(
                source,
                number,
                $"the line has '{line.Length}' bytes, but at most {PairsFile.LongestLine} are read."
            );
        }

        try
        {
            return JsonNode.Parse(line.Span, documentOptions: Options) is JsonObject row && IsText(row)
                ? row
                : throw new JsonException("it is none");
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw PromptFile.At(
                source,
                number,
                line.Span is [(byte)'{']
                    ? "an object begins here that goes on in other lines, but JSONL has one object in each line; write each row into a line of its own."
                    : "the line is not one JSON object with each key once and all of it UTF-8."
            );
        }
    }

    // Texts are decoded when they are asked for, which is too late to name the line: half a surrogate pair is none.
    private static bool IsText(JsonNode? node) =>
        node switch
        {
            JsonObject group => group.All(cell => IsText(cell.Value)),
            JsonArray list => list.All(IsText),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is not null,
            _ => true,
        };
}
