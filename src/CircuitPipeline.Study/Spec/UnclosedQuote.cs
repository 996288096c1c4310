namespace CircuitPipeline.Study.Spec;

/// <summary>Finds the quote that somebody forgot to close, in text that is not YAML because of it.</summary>
internal static class UnclosedQuote
{
    /// <summary>The quote that opens in an earlier line and is closed only in that one; null where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="line">Where the parser broke off, from 1.</param>
    public static LocatedProblem? Before(string text, int line)
    {
        (int number, int lineStart, bool mayOpen) = (1, 0, true);
        for (int place = 0; place < text.Length && number <= line; place++)
        {
            char c = text[place];
            if (c == '\n')
            {
                (number, lineStart, mayOpen) = (number + 1, place + 1, true);
            }
            else if (c == '#' && (place == lineStart || char.IsWhiteSpace(text[place - 1])))
            {
                place = text.IndexOf('\n', place) is >= 0 and var end ? end - 1 : text.Length;
            }
            else if (c is '\'' or '"' && mayOpen)
            {
                int close = Closing(text, place);
                int lines = text.AsSpan(place, close - place).Count('\n');
                if (lines > 0 && number + lines == line)
                {
                    return new LocatedProblem(
                        number,
                        place - lineStart + 1,
                        Diagnostics.NotYaml,
                        $"This is not YAML: the quote that opens here is closed only in line {line}; close it in its own line."
                    );
                }

                number += lines;
                lineStart = lines > 0 ? text.LastIndexOf('\n', close - 1) + 1 : lineStart;
                (place, mayOpen) = (close, false);
            }
            else if (!char.IsWhiteSpace(c))
            {
                // Within a word a quote is an apostrophe.
                mayOpen = c is ':' or '-' or ',' or '[' or '{' or '?';
            }
        }

        return null;
    }

    // The place of the closing quote, or the text's end.
    private static int Closing(string text, int open)
    {
        char quote = text[open];
        for (int place = open + 1; place < text.Length; place++)
        {
            if (text[place] == quote && quote == '\'' && place + 1 < text.Length && text[place + 1] == quote)
            {
                place++;
            }
            else if (text[place] == quote)
            {
                return place;
            }
            else if (text[place] == '\\' && quote == '"')
            {
                place++;
            }
        }

        return text.Length;
    }
}
