using System.Text;

namespace CircuitPipeline.Experiments;

/// <summary>
/// Writes C# source so that what the compiler ignores does not show: comments, blank lines, trailing blanks, kind of
/// line end. Text inside string literals is kept as it is, but for its line ends.
/// </summary>
public static class SourceNormaliser
{
    /// <summary>The normal form of a source file.</summary>
    /// <param name="source">The file's text.</param>
    public static string Normalise(string source)
    {
        string text = source.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        var normal = new StringBuilder(text.Length);
        int lineStart = 0;
        int kept = 0; // everything before this index of normal is literal text or a finished line
        int at = 0;
        while (at < text.Length)
        {
            int next = SourceLexer.EndOfToken(text, at, out SourceToken token);
            if (token == SourceToken.LineEnd)
                EndLine();
            else if (token == SourceToken.Code)
                normal.Append(text, at, next - at);
            else if (token == SourceToken.Comment)
                normal.Append(' ');
            else
                kept = normal.Append(text, at, next - at).Length;
            at = next;
        }
        EndLine();
        return normal.ToString();

        void EndLine()
        {
            while (normal.Length > kept && char.IsWhiteSpace(normal[^1]))
                normal.Length--;
            if (normal.Length > lineStart)
                normal.Append('\n');
            kept = lineStart = normal.Length;
        }
    }
}
