using System.Text;

namespace CircuitPipeline.Pipeline.Code;

/// <summary>
/// Writes C# source so that what the compiler ignores does not show: comments, blanks between tokens, blank lines, the
/// kind of line end. Text inside string literals is kept as it is, but for its line ends.
/// </summary>
public static class SourceNormaliser
{
    private const string Symbols = "+-*/%&|^!~=<>?:.#";

    /// <summary>The normal form of a source file.</summary>
    /// <param name="source">The file's text.</param>
    public static string Normalise(string source)
    {
        string text = source.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        StringBuilder normal = new(text.Length);
        int lineStart = 0;
        bool blank = false; // whether blanks or comments stand before the next token
        for (int at = 0, next; at < text.Length; at = next)
        {
            next = SourceLexer.EndOfToken(text, at, out SourceToken token);
            if (token == SourceToken.LineEnd)
            {
                EndLine();
            }
            else if (token == SourceToken.Comment || (token == SourceToken.Code && char.IsWhiteSpace(text[at])))
            {
                blank = true;
            }
            else
            {
                Append(text.AsSpan(at, next - at));
            }
        }
        EndLine();
        return normal.ToString();

        void Append(ReadOnlySpan<char> token)
        {
            if (blank && normal.Length > lineStart && WouldJoin(normal[^1], token[0]))
            {
                normal.Append(' ');
            }

            normal.Append(token);
            blank = false;
        }

        void EndLine()
        {
            if (normal.Length > lineStart)
            {
                normal.Append('\n');
            }

            lineStart = normal.Length;
            blank = false;
        }
    }

    /// <summary>Whether two tokens could be read as one, were they written without a blank.</summary>
    private static bool WouldJoin(char last, char first) =>
        (IsWord(last) && (IsWord(first) || first == '.'))
        || (last == '.' && IsWord(first))
        || (Symbols.Contains(last) && Symbols.Contains(first));

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || c > '\u007F';
}
