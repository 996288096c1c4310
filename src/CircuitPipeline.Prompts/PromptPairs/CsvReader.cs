using System.Collections.Immutable;
using System.Text;
using CircuitPipeline.Prompts.Files;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Takes a text of comma-separated values apart: RFC 4180, section 2.</summary>
/// <remarks>
/// A field is quoted as a whole or not at all; within quotes a quote is written twice, and commas and line ends are text.
/// Differs from RFC 4180 in that a line may also end with a line feed alone, as Python writes it on request.
/// </remarks>
/// <param name="text">The text, without byte order mark.</param>
/// <param name="source">The file's name for messages.</param>
internal sealed class CsvReader(string text, string source)
{
    /// <summary>The most fields that a record may have.</summary>
    public const int MostFields = 100;

    private int _at;
    private int _line = 1;

    /// <summary>The records in order; a quote in a wrong place is an error, as what follows it cannot be told apart.</summary>
    public IEnumerable<CsvRecord> Records()
    {
        while (_at < text.Length)
        {
            yield return Record();
        }
    }

    private CsvRecord Record()
    {
        (int line, ImmutableArray<string>.Builder? fields) = (_line, ImmutableArray.CreateBuilder<string>());
        do
        {
            if (fields.Count == MostFields)
            {
                throw Error(line, $"the row has more than the {MostFields} fields that are read.");
            }
            fields.Add(_at < text.Length && text[_at] == '"' ? Quoted() : Plain());
        } while (TakeComma());
        TakeLineEnd();
        return new CsvRecord(line, fields.ToImmutable());
    }

    private string Plain()
    {
        int length = text.AsSpan(_at).IndexOfAny(",\"\r\n");
        string field = length < 0 ? text[_at..] : text.Substring(_at, length);
        _at += field.Length;
        return _at < text.Length && text[_at] == '"'
            ? throw Error(
                _line,
                $"a quote stands within the field '{MessageText.OneLine(field)}'; quote the whole field, and write the quote twice."
            )
            : field;
    }

    private string Quoted()
    {
        (int line, StringBuilder? field) = (_line, new StringBuilder());
        do
        {
            _at++; // the opening quote, or the second of two
            int length = text.AsSpan(_at).IndexOf('"');
            if (length < 0)
            {
                throw Error(line, "a quoted field begins here and does not end; its closing quote is missing.");
            }
            field.Append(text, _at, length);
            _line += text.AsSpan(_at, length).Count('\n');
            _at += length + 1;
            if (_at < text.Length && text[_at] == '"')
            {
                field.Append('"');
            }
        } while (_at < text.Length && text[_at] == '"');
        return field.ToString();
    }

    private bool TakeComma()
    {
        if (_at >= text.Length || text[_at] != ',')
        {
            return false;
        }
        _at++;
        return true;
    }

    private void TakeLineEnd()
    {
        if (_at >= text.Length)
        {
            return;
        }
        ReadOnlySpan<char> end = text.AsSpan(_at);
        int length =
            end.StartsWith("\r\n") ? 2
            : end[0] == '\n' ? 1
            : end[0] == '\r'
                ? throw Error(_line, "a carriage return stands without a line feed; save the file with line feeds.")
            : throw Error(_line, "text follows a closing quote; quote the whole field, and write a quote in it twice.");
        _at += length;
        _line++;
    }

    private InvalidDataException Error(int line, string sentence) => PromptFile.At(source, line, sentence);
}

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">The line on which it begins, from 1; a quoted field may hold line ends.</param>
/// <param name="Fields">Its fields without their quotes, at least one.</param>
internal readonly record struct CsvRecord(int Line, ImmutableArray<string> Fields);
