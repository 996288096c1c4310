using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Text.Tables;

/// <summary>Comma-separated values (RFC 4180) under a row of column names; a column without a name, as pandas writes its index, has the name of its place.</summary>
internal static class CsvTable
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public static IEnumerable<TableRow> Rows(byte[] bytes, string source)
    {
        MustHaveShortRows(bytes, source);
        ImmutableArray<string> names = [];
        foreach (CsvRecord record in new CsvReader(Text(bytes, source), source).Records())
        {
            if (record.Fields is [""])
            {
                continue; // a blank line
            }

            if (names.IsEmpty)
            {
                names = Names(record, source);
                continue;
            }

            if (record.Fields.Length != names.Length)
            {
                throw PromptFile.At(
                    source,
                    record.Line,
                    $"the row has '{record.Fields.Length}' fields, but the row of names has {names.Length}; quote a field that has a comma."
                );
            }

            yield return new TableRow(
                record.Line,
                new JsonObject(
                    names.Zip(
                        record.Fields,
                        (name, field) => KeyValuePair.Create<string, JsonNode?>(name, JsonValue.Create(field))
                    )
                )
            );
        }
    }

    // Before any text is made of the file: a quote that does not end makes one row of all that follows.
    private static void MustHaveShortRows(ReadOnlySpan<byte> bytes, string source)
    {
        (int start, int line, int next, bool isQuoted) = (0, 1, 1, false);
        for (int at = 0; at < bytes.Length; )
        {
            int length = bytes[at..].IndexOfAny((byte)'"', (byte)'\n');
            at = length < 0 ? bytes.Length : at + length + 1;
            if (at - start > PairsFile.LongestLine)
            {
                throw PromptFile.At(
                    source,
                    line,
                    $"a row begins here that has more than the {PairsFile.LongestLine} bytes that are read; close its quotes, or shorten it."
                );
            }

            if (length >= 0 && bytes[at - 1] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (length >= 0)
            {
                next++;
                (start, line) = isQuoted ? (start, line) : (at, next);
            }
        }
    }

    private static ImmutableArray<string> Names(CsvRecord record, string source)
    {
        // One column makes no pairs, so another sign must part them.
        if (record.Fields is [string only] && only.IndexOfAny([';', '\t']) is >= 0 and int at)
        {
            throw PromptFile.At(
                source,
                record.Line,
                $"the names are separated by {(only[at] == ';' ? "';'" : "tabs")}, but columns are read that are separated by commas; save the file with commas."
            );
        }

        ImmutableArray<string> names =
        [
            .. record.Fields.Select((name, place) => name.Trim() is { Length: > 0 } own ? own : $"column {place + 1}"),
        ];
        return names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw PromptFile.At(
                source,
                record.Line,
                $"two columns have the name '{MessageText.OneLine(twice.Key)}', but a name says which column is meant; rename one."
            )
            : names;
    }

    private static string Text(byte[] bytes, string source)
    {
        try
        {
            return Strict.GetString(JsonText.WithoutBom(bytes).Span);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException(
                $"{source}: the file is not UTF-8, but JSONL or CSV in UTF-8, or Parquet, is expected; save it as UTF-8."
            );
        }
    }
}
