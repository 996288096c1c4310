using System.Text;

namespace VerifyTests.Scrubbing;

/// <summary>Changes a text line by line; its last line ends as it did.</summary>
internal static class Lines
{
    public static void RemoveEmpty(StringBuilder text)
    {
        Replace(text, line => string.IsNullOrWhiteSpace(line) ? null : line);
        if (text.Length > 0 && text[^1] == '\n')
        {
            text.Length--;
        }
    }

    public static void Replace(StringBuilder text, Func<string, string?> replace)
    {
        bool endsWithLine = text.Length > 0 && text[^1] == '\n';
        using StringReader reader = new(text.ToString());
        text.Clear();
        while (reader.ReadLine() is { } line)
        {
            if (replace(line) is { } kept)
            {
                text.Append(kept).Append('\n');
            }
        }

        if (!endsWithLine && text.Length > 0)
        {
            text.Length--;
        }
    }
}
