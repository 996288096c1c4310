namespace CircuitPipeline.Pipeline.Code;

/// <summary>Tells code, comments and string literals of C# apart; unfinished ones end with the text.</summary>
internal static class SourceLexer
{
    /// <summary>Where the token that starts at an index ends; line ends are <c>\n</c>.</summary>
    public static int EndOfToken(string text, int at, out SourceToken token)
    {
        char c = text[at];
        token = SourceToken.Comment;
        if (StartsWith(text, at, "//"))
        {
            return IndexOrEnd(text, "\n", at, 0);
        }

        if (StartsWith(text, at, "/*"))
        {
            return IndexOrEnd(text, "*/", at + 2, 2);
        }

        token = c == '\n' ? SourceToken.LineEnd : SourceToken.Literal;
        if (c == '\n')
        {
            return at + 1;
        }

        if (c == '#' && IsFirstOnLine(text, at))
        {
            return IndexOrEnd(text, "\n", at, 0);
        }

        if (c == '\'')
        {
            return EndOfQuoted(text, at, '\'');
        }

        if (StringStart(text, at, out int dollars, out bool verbatim, out int quote))
        {
            return EndOfString(text, quote, dollars, verbatim);
        }

        token = SourceToken.Code;
        return at + 1;
    }

    private static bool StringStart(string text, int at, out int dollars, out bool verbatim, out int quote)
    {
        (dollars, verbatim, quote) = (0, false, at);
        for (; quote < text.Length && text[quote] is '$' or '@'; quote++)
        {
            if (text[quote] == '$')
            {
                dollars++;
            }
            else
            {
                verbatim = true;
            }
        }

        return quote < text.Length && text[quote] == '"';
    }

    private static int EndOfString(string text, int quote, int dollars, bool verbatim)
    {
        int quotes = Run(text, quote, '"');
        if (quotes >= 3 && !verbatim)
        {
            return EndOfRaw(text, quote + quotes, quotes, dollars);
        }

        if (dollars == 0 && !verbatim)
        {
            return EndOfQuoted(text, quote, '"');
        }

        for (int at = quote + 1; at < text.Length; )
        {
            if (text[at] == '"' && !(verbatim && StartsWith(text, at, "\"\"")))
            {
                return at + 1;
            }
            else if (text[at] == '"' || (text[at] == '\\' && !verbatim) || (dollars > 0 && StartsWith(text, at, "{{")))
            {
                at += 2;
            }
            else
            {
                at = dollars > 0 && text[at] == '{' ? EndOfHole(text, at + 1) : at + 1;
            }
        }

        return text.Length;
    }

    private static int EndOfRaw(string text, int at, int quotes, int dollars)
    {
        while (at < text.Length)
        {
            int run = Math.Max(1, Run(text, at, text[at]));
            if (text[at] == '"' && run >= quotes)
            {
                return at + run;
            }

            at =
                text[at] == '{' && dollars > 0 && run >= dollars
                    ? EndOfHole(text, at + run)
                    : at + (text[at] is '"' or '{' ? run : 1);
        }
        return text.Length;
    }

    /// <summary>The end of the code within an interpolated string, behind its last closing brace.</summary>
    private static int EndOfHole(string text, int at)
    {
        for (int depth = 1; at < text.Length; )
        {
            depth +=
                text[at] == '{' ? 1
                : text[at] == '}' ? -1
                : 0;
            if (depth == 0)
            {
                return at + 1;
            }

            at = EndOfToken(text, at, out _);
        }
        return text.Length;
    }

    /// <summary>A simple string or character: backslash escapes, and it cannot go over the line.</summary>
    private static int EndOfQuoted(string text, int at, char quote)
    {
        for (at++; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == quote)
            {
                return at + 1;
            }
            else if (text[at] == '\\')
            {
                at++;
            }
        }

        return Math.Min(at, text.Length);
    }

    private static bool IsFirstOnLine(string text, int at) =>
        text.AsSpan(0, at).TrimEnd(" \t") is var before && (before.IsEmpty || before[^1] == '\n');

    private static int Run(string text, int at, char c)
    {
        int end = at;
        while (end < text.Length && text[end] == c)
        {
            end++;
        }

        return end - at;
    }

    private static bool StartsWith(string text, int at, string word) =>
        string.CompareOrdinal(text, at, word, 0, word.Length) == 0;

    private static int IndexOrEnd(string text, string word, int from, int after) =>
        text.IndexOf(word, Math.Min(from, text.Length), StringComparison.Ordinal) is var found and >= 0
            ? found + after
            : text.Length;
}

/// <summary>What a stretch of C# source is, as far as normalising must know.</summary>
internal enum SourceToken
{
    Code,
    LineEnd,
    Comment,
    Literal,
}
